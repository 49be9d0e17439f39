package kronwood.bench.compare;

import java.util.Comparator;
import java.util.List;
import kronwood.bench.contest.Table;
import kronwood.plan.EnginePlan;

/**
 * What was measured on one shape.
 *
 * @param shape the problem
 * @param chosen the planner's choice
 * @param plans those that were timed, the chosen one among them
 * @param leftOut number of plans that fit but were not worth timing
 */
record PlannerResult(PlannerShape shape, EnginePlan chosen, List<TimedPlan> plans, int leftOut) {
  /** Of the chosen plan's time to that of the fastest, at most. */
  static final double TARGET = 1.3;

  TimedPlan taken() {
    return plans.stream().filter(plan -> plan.plan().equals(chosen)).findFirst().orElseThrow();
  }

  TimedPlan fastest() {
    return plans.stream().min(Comparator.comparingDouble(TimedPlan::microsPerSample)).orElseThrow();
  }

  /** Time of the chosen plan in relation to that of the fastest. */
  double ratio() {
    return taken().microsPerSample() / fastest().microsPerSample();
  }

  /** The choices on all shapes. */
  static Table choices(List<PlannerResult> results) {
    Table table =
        new Table(
            "shape",
            ">samples",
            ">neurons",
            ">batch",
            "chosen",
            ">us a sample",
            "fastest",
            ">us a sample",
            ">ratio",
            ">plans timed",
            ">left out");
    for (PlannerResult result : results) {
      table.add(
          result.shape.name(),
          Table.number("%,d", result.shape.samples()),
          Table.number("%d", result.shape.neurons()),
          Table.number("%d", result.shape.batch()),
          result.taken().name(),
          Table.number("%.1f", result.taken().microsPerSample()),
          result.fastest().name(),
          Table.number("%.1f", result.fastest().microsPerSample()),
          Table.number("%.2f", result.ratio()),
          Table.number("%d", result.plans.size()),
          Table.number("%d", result.leftOut));
    }
    return table;
  }

  /** What the choices are to be judged by. */
  static List<String> remarks(List<PlannerResult> results) {
    long met = results.stream().filter(result -> result.ratio() <= TARGET).count();
    List<TimedPlan> all = results.stream().flatMap(result -> result.plans.stream()).toList();
    long held = all.stream().filter(TimedPlan::isWithinMemory).count();
    return List.of(
        Table.number(
            "- Target: the chosen plan takes at most %.1f times as long as the fastest: %d of %d"
                + " shapes.",
            TARGET, met, results.size()),
        Table.number(
            "- Memory: %d of %d plans held no more than was estimated.", held, all.size()));
  }

  /** All plans by estimated time. */
  Table details() {
    Table table =
        new Table("plan", ">estimated us", ">measured us", ">ratio", ">estimated MB", ">live MB");
    plans.stream()
        .sorted(Comparator.comparingDouble(TimedPlan::estimatedMicrosPerSample))
        .forEach(
            plan ->
                table.add(
                    plan.name(),
                    Table.number("%.1f", plan.estimatedMicrosPerSample()),
                    Table.number("%.1f", plan.microsPerSample()),
                    Table.number("%.2f", plan.microsPerSample() / fastest().microsPerSample()),
                    Table.number("%.1f", plan.plan().bytes() / 1048576),
                    Table.number("%.1f", plan.live() / 1048576.0)));
    return table;
  }
}
