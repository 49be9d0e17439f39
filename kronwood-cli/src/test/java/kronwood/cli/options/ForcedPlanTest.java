package kronwood.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.fault.InputException;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The options {@code --plan} and {@code --memory}. */
class ForcedPlanTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          left=VALUE,right=COEFFICIENT      | left=VALUE,right=COEFFICIENT
          right = Weight , left = value     | left=VALUE,right=WEIGHT
          whole=coefficient                 | whole=COEFFICIENT
          """)
  void thePlanAskedForTrainsAndIsWrittenDown(String plan, String written) {
    JsonNode free = Run.well(data.train("--json", "--engine=dense")).json();
    JsonNode forced = Run.well(data.train("--json", "--plan=" + plan)).json();
    assertEquals("block", forced.get("engine").asString());
    for (int epoch = 0; epoch < 3; epoch++) {
      double loss = free.get("losses").get(epoch).asDouble();
      // The step size is automatic, and rounds differently from engine to engine.
      assertEquals(loss, forced.get("losses").get(epoch).asDouble(), 1e-6 * loss);
    }
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals(written, model.at("/provenance/forced plan").asString());
  }

  @Test
  void withoutItNoForcedPlanIsWrittenDown() {
    Run.well(data.train());
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertTrue(model.at("/provenance/plan").isString(), model::toString);
    assertFalse(model.get("provenance").has("forced plan"), model::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          left=FAST,right=VALUE            | unknown representation 'FAST' for 'left', expected one of WEIGHT, VALUE, COEFFICIENT
          lft=VALUE,right=VALUE            | unknown mode 'lft', expected left and right
          Left=VALUE,right=VALUE           | unknown mode 'Left', expected left and right
          left=VALUE                       | nothing is said of mode 'right', expected all modes, such as left=VALUE,right=VALUE
          left=VALUE,left=VALUE            | mode 'left' is named too often
          left=VALUE,right=VALUE,left=VALUE| mode 'left' is named too often
          VALUE                            | found 'VALUE', expected MODE=REPRESENTATION, such as left=VALUE,right=VALUE
          left=VALUE,                      | expected MODE=REPRESENTATION
          left=,right=VALUE                | unknown representation '' for 'left'
          =VALUE,right=VALUE               | unknown mode ''
          whole=VALUE,left=VALUE           | 'whole' takes all modes as one
          left=VALUE,whole=VALUE           | 'whole' takes all modes as one
          """)
  void aBadPlanIsRefused(String plan, String expected) {
    for (String command : List.of("train", "explain")) {
      String[] args = data.train("--plan=" + plan);
      args[0] = command;
      Run.refused(folder, args, "--plan: ", expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "explain"})
  void weightsOfWholeInputsAreForSymmetricOnes(String command) {
    String[] args = data.train("--plan=whole=WEIGHT");
    args[0] = command;
    Run.refused(folder, args, "cannot have states weight of whole inputs", "symmetric inputs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eager", "dense"})
  void aPlanForAnotherEngineIsRefused(String engine) {
    Run.refused(
        folder,
        data.train("--plan=whole=VALUE", "--engine=" + engine),
        "--plan: is for --engine block, found --engine " + engine);
  }

  @Test
  void theEngineOfThePlanMayBeNamed() {
    Run run = Run.well(data.train("--plan=whole=VALUE", "--engine=block", "--json"));
    assertEquals("block: states value of whole inputs", run.json().get("plan").asString());
  }

  @Test
  void modesOfOneNameAreToldApartByTheirOrder() {
    StateLayout layout =
        ForcedPlan.parse("image=VALUE,image=COEFFICIENT", List.of("image", "image"));
    assertEquals(
        new StateLayout(false, List.of(Representation.VALUE, Representation.COEFFICIENT)), layout);
    InputException once =
        assertThrows(
            InputException.class, () -> ForcedPlan.parse("image=VALUE", List.of("image", "image")));
    assertTrue(once.getMessage().contains("such as image=VALUE,image=VALUE"), once.getMessage());
  }

  @Test
  void theWholeOfASingleModeIsThatMode() {
    assertEquals(
        new StateLayout(false, List.of(Representation.VALUE)),
        ForcedPlan.parse("whole=value", List.of("cell")));
  }

  @Test
  void aModeNamedWholeIsMeantByThatName() {
    assertEquals(
        new StateLayout(false, List.of(Representation.WEIGHT, Representation.VALUE)),
        ForcedPlan.parse("whole=WEIGHT,part=VALUE", List.of("whole", "part")));
  }

  @Test
  void anEqualsSignMayBePartOfAName() {
    assertEquals(
        new StateLayout(false, List.of(Representation.WEIGHT)),
        ForcedPlan.parse("a=b=WEIGHT", List.of("a=b")));
  }

  @Test
  void tooSmallABudgetIsRefusedWithOneThatDoes() {
    for (String plan : List.of("", "--plan=left=WEIGHT,right=VALUE", "--engine=eager")) {
      String[] more = plan.isEmpty() ? new String[0] : new String[] {plan};
      Run refused = Run.refused(folder, withMemory("1K", more), "there are 1.0 kB", "--memory");
      assertEquals(
          !plan.isEmpty(), refused.err().contains("for the engine or plan asked for"), plan);
      Matcher named =
          Pattern.compile("smallest budget that would do.* is ([0-9.]+) kB;")
              .matcher(refused.err());
      assertTrue(named.find(), refused.err());
      double kilobytes = Double.parseDouble(named.group(1));
      Run.well(withMemory(named.group(1) + " kB", more));
      Run.refused(
          folder, withMemory(String.valueOf((long) (990 * kilobytes)), more), "smallest budget");
    }
  }

  private String[] withMemory(String memory, String... more) {
    String[] options = List.of(more).toArray(new String[more.length + 1]);
    options[more.length] = "--memory=" + memory;
    return data.train(options);
  }

  @Test
  void explainRefusesTooSmallABudgetToo() {
    String[] args = withMemory("1K");
    args[0] = "explain";
    Run.refused(folder, args, "smallest budget that would do is");
  }

  @Test
  void aBudgetBeyondTheHeapIsWarnedOf() {
    Run run = Run.well(withMemory("9000G"));
    assertTrue(run.err().contains("warning: --memory allows 9000.0 GB, but"), run.err());
    assertTrue(run.err().contains("-Xmx"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1500000, 1.5e6",
    "2k, 2e3",
    "1.5M, 1.5e6",
    "4G, 4e9",
    "4 GB, 4e9",
    "12.345 MB, 12345000"
  })
  void amountsOfMemoryAreInUnitsOfAThousand(String text, double bytes) {
    assertEquals(bytes, new OptionTypes.Bytes().convert(text));
  }
}
