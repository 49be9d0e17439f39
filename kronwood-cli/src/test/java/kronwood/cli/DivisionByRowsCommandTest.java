package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Trainings whose rows are divided by a column or by time, also with negatives. */
class DivisionByRowsCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private JsonNode train(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    return Run.well(data.train(all.toArray(String[]::new))).json();
  }

  /** What somebody did, day by day; the last one of three people is in question. */
  private void writeEvents(String... last) throws IOException {
    StringBuilder csv = new StringBuilder("left,right,did,day\n");
    for (int left = 1; left <= 6; left++) {
      for (int right = 1; right <= 3; right++) {
        csv.append("a%d,b%d,1,%d%n".formatted(left, (left + 2 * right) % 9 + 1, right));
      }
    }
    for (String pair : last) {
      csv.append(pair).append(",1,9\n");
    }
    data.write("events.csv", csv.toString());
  }

  private String[] events(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--pairs=" + data.path("events.csv"));
    all.add("--target=did");
    all.add("--loss=logistic");
    return all.toArray(String[]::new);
  }

  @Test
  void aColumnOfPartsDividesAsPredicatesDo() {
    JsonNode column = train("--split-column=part");
    JsonNode predicates =
        train("--validation-where=part = 'validation'", "--test-where=part = 'test'");
    assertEquals(predicates.get("metrics"), column.get("metrics"));
    assertEquals(predicates.get("samples"), column.get("samples"));
  }

  @Test
  void theLastEventsTestAgainstAllPairsThatNobodyListed() throws IOException {
    writeEvents("a1,b1", "a2,b2", "a3,b7");
    JsonNode trained =
        train(
            events(
                "--test-last=1",
                "--time=day",
                "--negatives=sample:2",
                "--negatives-by=popularity",
                "--rank-metrics=3"));
    // Six people have a last event; 15 others train, with two negatives each.
    assertEquals(15 * 3, trained.at("/samples/train").asInt());
    assertEquals(6 + 12 * 9 - 21, trained.at("/samples/test").asInt());
    assertEquals(6, trained.at("/ranking/entities").asInt());
    assertTrue(trained.at("/metrics/test/aupr").asDouble() > 0);
    JsonNode all = train(events("--test-last=1", "--time=day", "--negatives=all"));
    assertEquals(12 * 9, all.at("/samples/train").asInt());
  }

  /** What is tested must not be seen in the model, not even by what it was spared. */
  @Test
  void whichPairsAreTestedChangesNothingInTheModel() throws IOException {
    for (String negatives : List.of("all", "sample:2")) {
      String[] train =
          events("--test-where=day = 9", "--negatives=" + negatives, "--negatives-by=uniform");
      writeEvents("a1,b1", "a2,b2", "a3,b7");
      Run.well(data.train(train));
      String first = Run.well(data.withModel("predict", "--grid")).out();
      writeEvents("a1,b2", "a5,b5", "a3,b9");
      Run.well(data.train(train));
      assertEquals(first, Run.well(data.withModel("predict", "--grid")).out(), negatives);
      Run.well(data.train(events("--negatives=" + negatives)));
      assertNotEquals(first, Run.well(data.withModel("predict", "--grid")).out(), negatives);
    }
  }
}
