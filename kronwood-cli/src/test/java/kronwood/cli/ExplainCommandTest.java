package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import kronwood.cli.report.ExplainReport;
import kronwood.cli.report.ExplainedPlan;
import kronwood.cli.report.PlanMeasurement;
import kronwood.fit.ModelOptions;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.plan.EnginePlan;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Plans of the tiny data set: 12 × 9 entities of ranks 4 and 3, as the constant adds one each. */
class ExplainCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  /** The arguments of a training, for {@code explain}. */
  private String[] explain(String... options) {
    String[] args = data.train(options);
    args[0] = "explain";
    return args;
  }

  private static JsonNode chosen(JsonNode root) {
    JsonNode found = null;
    for (JsonNode plan : root.get("plans")) {
      if (plan.get("chosen").asBoolean()) {
        assertTrue(found == null, "one plan is chosen");
        found = plan;
      }
    }
    assertTrue(found != null, root::toString);
    assertEquals(root.at("/chosen/engine"), found.get("engine"));
    assertEquals(root.at("/chosen/states"), found.get("states"));
    return found;
  }

  private static JsonNode plan(JsonNode root, String name) {
    for (JsonNode plan : root.get("plans")) {
      if (name.equals(plan.get("states").isNull() ? "" : plan.get("states").asString())
          || name.equals(plan.get("engine").asString())) {
        return plan;
      }
    }
    throw new AssertionError(name + " is not in " + root);
  }

  @Test
  void everyPlanIsListedOnceByEstimatedTime() {
    Run run = Run.well(explain("--json", "--shift=0"));
    assertEquals("", run.err());
    JsonNode root = run.json();
    assertEquals(16, root.get("neurons").asInt());
    assertEquals(108, root.get("trainingSamples").asInt());
    Set<String> names = new HashSet<>();
    double nanos = 1;
    for (JsonNode plan : root.get("plans")) {
      assertTrue(plan.get("nanosPerSample").asDouble() >= nanos, root::toString);
      nanos = plan.get("nanosPerSample").asDouble();
      assertTrue(plan.get("fits").asBoolean() && plan.get("obstacle").isNull(), plan::toString);
      assertFalse(plan.has("secondsPerEpoch"), plan::toString);
      names.add(plan.get("engine").asString() + " " + plan.get("states"));
    }
    assertEquals(14, root.get("plans").size());
    assertEquals(14, names.size(), "3 × 3 mixes, 2 of whole inputs, weights, eager, dense");
    // At shift 0, half of the 16 neurons fire.
    assertEquals(24 * 12, plan(root, "dense").get("workPerSample").asDouble());
    assertEquals(
        16 * 9 + 8 * 12,
        plan(root, "left=VALUE,right=COEFFICIENT").get("workPerSample").asDouble());
    assertEquals(16 + 8 * 108, plan(root, "whole=VALUE").get("workPerSample").asDouble());
  }

  @Test
  void theChosenPlanIsTheOneThatTrains() {
    JsonNode chosen = chosen(Run.well(explain("--json", "--engine=block")).json());
    JsonNode trained = Run.well(data.train("--json", "--engine=block")).json();
    assertEquals(trained.get("engine"), chosen.get("engine"));
    assertEquals("block", chosen.get("engine").asString());
    String summary = trained.get("plan").asString();
    JsonNode forced =
        Run.well(data.train("--json", "--plan=" + chosen.get("states").asString())).json();
    assertEquals(summary, forced.get("plan").asString());
    assertEquals(trained.get("losses"), forced.get("losses"));
  }

  @Test
  void peopleGetATable() {
    Run run = Run.well(explain());
    List<String> lines = run.out().lines().toList();
    assertTrue(
        lines.getFirst().startsWith("14 plans for 16 neurons and 108 training samples in "),
        run.out());
    assertEquals(
        List.of("engine", "states", "memory", "work", "us/sample"),
        List.of(lines.get(2).strip().split(" +")));
    assertEquals(1, lines.stream().filter(line -> line.endsWith("<- chosen")).count(), run.out());
    assertTrue(run.out().contains("left=COEFFICIENT,right=VALUE"), run.out());
    assertTrue(lines.getLast().matches("chosen plan: (dense|eager|block .*)"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void nothingIsWrittenAndNoModelFileIsNeeded() {
    Run.well(explain("--measure", "--quiet"));
    assertFalse(Files.exists(folder.resolve("model.kron")));
    Run.well(
        "explain",
        "--pairs=" + data.path("pairs.csv"),
        "--target=affinity",
        "--modes=left,right",
        "--neurons=16",
        "--features=left=" + data.path("left.csv"),
        "--features=right=" + data.path("right.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"left=WEIGHT,right=WEIGHT", "whole=VALUE"})
  void aForcedPlanIsTheChosenOneAmongAll(String states) {
    JsonNode root = Run.well(explain("--json", "--plan=" + states)).json();
    assertEquals(14, root.get("plans").size());
    assertEquals(states, chosen(root).get("states").asString());
  }

  @Test
  void anEngineAskedForIsTheChosenOneAmongAll() {
    JsonNode root = Run.well(explain("--json", "--engine=dense")).json();
    assertEquals(14, root.get("plans").size());
    assertEquals("dense", chosen(root).get("engine").asString());
    assertTrue(chosen(root).get("states").isNull());
  }

  @Test
  void plansThatDoNotFitInMemoryAreMarked() {
    JsonNode all = Run.well(explain("--json")).json();
    double least = Double.POSITIVE_INFINITY;
    for (JsonNode plan : all.get("plans")) {
      least = Math.min(least, plan.get("bytes").asDouble());
    }
    long budget = (long) Math.ceil(least);
    JsonNode root = Run.well(explain("--json", "--memory=" + budget)).json();
    assertEquals(budget, root.get("memory").asDouble());
    for (JsonNode plan : root.get("plans")) {
      boolean fits = plan.get("bytes").asDouble() <= budget;
      assertEquals(fits, plan.get("fits").asBoolean(), plan::toString);
      assertEquals(fits, plan.get("obstacle").isNull(), plan::toString);
      assertTrue(fits || plan.get("obstacle").asString().equals("memory"), plan::toString);
    }
    assertTrue(chosen(root).get("fits").asBoolean());
    Run table = Run.well(explain("--memory=" + budget));
    assertTrue(table.out().contains("does not fit: memory"), table.out());
  }

  @Test
  void measuringGivesSecondsOfEveryPlanThatFits() {
    Run run = Run.well(explain("--measure", "--json"));
    JsonNode root = run.json();
    double fastest = Double.POSITIVE_INFINITY;
    for (JsonNode plan : root.get("plans")) {
      assertTrue(plan.get("secondsPerEpoch").asDouble() > 0, plan::toString);
      assertTrue(plan.get("toFastest").asDouble() >= 1, plan::toString);
      fastest = Math.min(fastest, plan.get("secondsPerEpoch").asDouble());
    }
    assertEquals(
        chosen(root).get("secondsPerEpoch").asDouble() / fastest,
        root.get("chosenToFastest").asDouble(),
        1e-12);
    assertTrue(run.err().contains("kronwood: measuring 14 of 14: "), run.err());
  }

  @Test
  void theMeasuredTableEndsWithTheChosenPlansRatio() {
    Run run = Run.well(explain("--measure", "--quiet"));
    assertEquals("", run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(
        List.of("engine", "states", "memory", "work", "us/sample", "s/epoch", "ratio"),
        List.of(lines.get(2).strip().split(" +")));
    assertTrue(
        lines
            .getLast()
            .matches("chosen plan is \\d+\\.\\d\\d × the fastest: (dense|eager|block .*)"),
        run.out());
    assertEquals(14, lines.stream().filter(line -> line.matches(".* \\d+\\.\\d{4} .*")).count());
  }

  /** A plan with nothing but an estimated time. */
  private static ExplainedPlan plan(EngineChoice engine, double nanos, boolean chosen) {
    EnginePlan plan = new EnginePlan(engine, null, 1e6, 1e3, nanos, engine.key());
    return new ExplainedPlan(plan, null, EnginePlan.Fit.FITS, chosen, Double.NaN);
  }

  @Test
  void plansThatWouldTakeFarLongerAreLeftOut() {
    ExplainedPlan chosen = plan(EngineChoice.BLOCK, 2_000, true);
    ExplainedPlan slow = plan(EngineChoice.EAGER, 50_000, false);
    ExplainedPlan hopeless = plan(EngineChoice.DENSE, 51_000, false);
    assertTrue(PlanMeasurement.measurable(chosen, chosen));
    assertTrue(PlanMeasurement.measurable(slow, chosen));
    assertFalse(PlanMeasurement.measurable(hopeless, chosen));

    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            new SquaredLoss(),
            NetworkOptions.of(16, 1),
            TrainingOptions.plain(16, 1, OptionalDouble.empty(), 0, EngineChoice.AUTO, 1),
            1e9);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ExplainReport(
            List.of(chosen.withSeconds(0.5), slow.withSeconds(0.4), hopeless),
            1_000,
            options,
            true,
            List.of())
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.get(3).matches("block .* 2\\.0 +0\\.5000 +1\\.25 +<- chosen"), lines.get(3));
    assertTrue(lines.get(4).matches("eager .* 50\\.0 +0\\.4000 +1\\.00"), lines.get(4));
    assertTrue(lines.get(5).matches("dense .* 51\\.0 +- +- +left out"), lines.get(5));
    assertEquals(
        "1 left out: estimated to take more than 25 × as long as the chosen plan", lines.get(7));
  }

  @Test
  void badInputIsRefusedAsByTrain() {
    Run.refused(folder, explain("--pairs=" + data.path("nosuch.csv")), "nosuch.csv");
    Run.refused(folder, explain("--neurons=15"), "--neurons", "an even number");
    Run.refused(folder, explain("--memory=much"), "--memory: found 'much', expected bytes");
    Run.refused(folder, explain("--plna=whole=VALUE"), "unknown option", "--plan");
  }
}
