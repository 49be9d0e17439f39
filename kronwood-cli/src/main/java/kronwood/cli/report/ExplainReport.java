package kronwood.cli.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kronwood.cli.terminal.Text;
import kronwood.fit.ModelOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plans for a training.
 *
 * @param plans every plan, in the order to be shown
 * @param trainingSamples samples of an epoch
 * @param options of the training
 * @param measured whether plans were measured
 * @param warnings what was warned of
 */
public record ExplainReport(
    List<ExplainedPlan> plans,
    int trainingSamples,
    ModelOptions options,
    boolean measured,
    List<String> warnings) {

  /** For machines. */
  public ObjectNode json() {
    ObjectNode root = JsonReport.object();
    root.put("neurons", options.network().neurons()).put("trainingSamples", trainingSamples);
    JsonReport.put(root, "memory", options.memory());
    ExplainedPlan chosen = ExplainedPlan.chosen(plans);
    root.putObject("chosen")
        .put("engine", chosen.plan().engine().key())
        .put("states", chosen.states());
    ArrayNode array = root.putArray("plans");
    for (ExplainedPlan plan : plans) {
      ObjectNode node = array.addObject();
      node.put("engine", plan.plan().engine().key()).put("states", plan.states());
      JsonReport.put(node, "bytes", plan.plan().bytes());
      JsonReport.put(node, "workPerSample", plan.plan().workPerSample());
      JsonReport.put(node, "nanosPerSample", plan.plan().nanosPerSample());
      node.put("fits", plan.fits()).put("obstacle", obstacle(plan)).put("chosen", plan.chosen());
      if (measured) {
        JsonReport.put(node, "secondsPerEpoch", plan.seconds());
        JsonReport.put(node, "toFastest", plan.seconds() / fastest());
      }
    }
    if (measured) {
      JsonReport.put(root, "chosenToFastest", chosen.seconds() / fastest());
    }
    root.set("warnings", JsonReport.texts(warnings));
    return root;
  }

  /** For people. */
  public void print(PrintStream to) {
    to.printf(
        Locale.ROOT,
        "%d plans for %s neurons and %s training samples in %s of memory%n%n",
        plans.size(),
        Text.count(options.network().neurons()),
        Text.count(trainingSamples),
        Text.bytes(options.memory()));
    table().forEach(to::println);
    to.println();
    ExplainedPlan chosen = ExplainedPlan.chosen(plans);
    if (!measured) {
      to.println("chosen plan: " + chosen.name());
      return;
    }
    long leftOut = plans.stream().filter(this::leftOut).count();
    if (leftOut > 0) {
      to.printf(
          Locale.ROOT,
          "%d left out: estimated to take more than %.0f × as long as the chosen plan%n",
          leftOut,
          PlanMeasurement.LONGEST);
    }
    to.printf(
        Locale.ROOT,
        "chosen plan is %.2f × the fastest: %s%n",
        chosen.seconds() / fastest(),
        chosen.name());
  }

  private List<String> table() {
    int width =
        plans.stream().mapToInt(plan -> states(plan).length()).reduce("states".length(), Math::max);
    List<String> lines = new ArrayList<>();
    lines.add(
        line(width, "engine", "states", "memory", "work", "us/sample", "s/epoch", "ratio", ""));
    for (ExplainedPlan plan : plans) {
      lines.add(
          line(
              width,
              plan.plan().engine().key(),
              states(plan),
              Text.bytes(plan.plan().bytes()),
              work(plan.plan().workPerSample()),
              micros(plan.plan().nanosPerSample()),
              plan.measured() ? String.format(Locale.ROOT, "%.4f", plan.seconds()) : "-",
              plan.measured()
                  ? String.format(Locale.ROOT, "%.2f", plan.seconds() / fastest())
                  : "-",
              mark(plan)));
    }
    return lines;
  }

  private String line(
      int width,
      String engine,
      String states,
      String memory,
      String work,
      String micros,
      String seconds,
      String ratio,
      String mark) {
    String estimates =
        String.format(
            Locale.ROOT,
            "%-7s  %-" + width + "s  %12s  %16s  %12s",
            engine,
            states,
            memory,
            work,
            micros);
    String times = measured ? String.format(Locale.ROOT, "  %9s  %8s", seconds, ratio) : "";
    return (estimates + times + "  " + mark).stripTrailing();
  }

  private static String states(ExplainedPlan plan) {
    String states = plan.states();
    return states == null ? "-" : states;
  }

  private static String work(double multiplications) {
    return multiplications < 1e12
        ? Text.count(Math.round(multiplications))
        : Text.number(multiplications);
  }

  private static String micros(double nanos) {
    return nanos < 1e15
        ? String.format(Locale.ROOT, "%,.1f", 1e-3 * nanos)
        : Text.number(1e-3 * nanos);
  }

  private String mark(ExplainedPlan plan) {
    String obstacle = obstacle(plan);
    if (obstacle != null) {
      return "does not fit: " + obstacle;
    }
    return plan.chosen() ? "<- chosen" : leftOut(plan) ? "left out" : "";
  }

  /** What a plan needs too much of, or null. */
  private static @Nullable String obstacle(ExplainedPlan plan) {
    return switch (plan.fit()) {
      case FITS -> null;
      case TOO_LITTLE_MEMORY -> "memory";
      case TOO_LARGE_FOR_ARRAYS -> "arrays";
    };
  }

  /** Whether it would fit, but was not measured. */
  private boolean leftOut(ExplainedPlan plan) {
    return measured && plan.fits() && !plan.measured();
  }

  private double fastest() {
    return plans.stream()
        .filter(ExplainedPlan::measured)
        .mapToDouble(ExplainedPlan::seconds)
        .min()
        .orElseThrow();
  }
}
