package kronwood.cli.report;

import java.util.Comparator;
import java.util.List;
import kronwood.fit.ModelOptions;
import kronwood.input.StructuredInputs;
import kronwood.plan.EngineChoice;
import kronwood.plan.EnginePlan;
import kronwood.state.StateLayout;
import org.jspecify.annotations.Nullable;

/**
 * One plan and what is to be said of it.
 *
 * @param plan engine, states and estimates
 * @param states the states with the modes' names, null for engines that have none
 * @param fit whether it can be carried out
 * @param chosen whether training would take it
 * @param seconds measured seconds of an epoch, NaN if not measured
 */
public record ExplainedPlan(
    EnginePlan plan, @Nullable String states, EnginePlan.Fit fit, boolean chosen, double seconds) {

  /**
   * Every plan by estimated time, least first, whether or not the options allow it; the one chosen
   * is what the options lead to.
   *
   * @throws kronwood.plan.OutOfMemoryEstimateException if none that the options allow fits
   */
  public static List<ExplainedPlan> all(
      StructuredInputs inputs, ModelOptions options, List<String> modes) {
    EnginePlan chosen =
        EnginePlan.of(inputs, options.network(), options.training().workload(), options.memory());
    return EnginePlan.all(
            inputs,
            options.network(),
            options.training().withPlan(EngineChoice.AUTO, null).workload())
        .stream()
        .sorted(Comparator.comparingDouble(EnginePlan::nanosPerSample))
        .map(
            plan ->
                new ExplainedPlan(
                    plan,
                    named(plan.layout(), modes),
                    plan.fit(inputs, options.memory()),
                    plan.equals(chosen),
                    Double.NaN))
        .toList();
  }

  private static @Nullable String named(@Nullable StateLayout layout, List<String> modes) {
    return layout == null ? null : layout.named(modes);
  }

  /** The one chosen. */
  static ExplainedPlan chosen(List<ExplainedPlan> plans) {
    return plans.stream().filter(ExplainedPlan::chosen).findFirst().orElseThrow();
  }

  boolean fits() {
    return fit == EnginePlan.Fit.FITS;
  }

  boolean measured() {
    return !Double.isNaN(seconds);
  }

  public ExplainedPlan withSeconds(double measured) {
    return new ExplainedPlan(plan, states, fit, chosen, measured);
  }

  /** Engine and states. */
  String name() {
    return states == null ? plan.engine().key() : plan.engine().key() + " " + states;
  }
}
