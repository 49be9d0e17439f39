package kronwood.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.plan.EnginePlan;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;

/**
 * Trains with each plan and takes the time of an epoch.
 *
 * <p>All plans start from the same weights, see the same batches and take the same step size, so
 * they compute the same. The chosen one trains an epoch first, untimed: that gives the step size,
 * and compiles what plans have in common. Then each trains one epoch to warm up and one that counts
 * (without the evaluation after it).
 */
public final class PlanMeasurement {
  /** Plans that are estimated to take longer, relative to the chosen one, are left out. */
  public static final double LONGEST = 25;

  private final TrainingProblem problem;
  private final ModelOptions options;
  private final Consumer<String> progress;

  /** Evaluates on nothing but the training samples. */
  public PlanMeasurement(TrainingProblem problem, ModelOptions options, Consumer<String> progress) {
    this.problem =
        new TrainingProblem(
            problem.inputs(),
            problem.samples(),
            new Split(problem.split().train(), new int[0], new int[0]),
            problem.loss());
    this.options = options;
    this.progress = progress;
  }

  /** Whether a plan is worth measuring. */
  public static boolean measurable(ExplainedPlan plan, ExplainedPlan chosen) {
    return plan.fits() && plan.plan().nanosPerSample() <= LONGEST * chosen.plan().nanosPerSample();
  }

  /**
   * The plans, each that is measurable with its seconds.
   *
   * @throws kronwood.train.DivergenceException if the loss ceases to be a finite number
   */
  public List<ExplainedPlan> measure(List<ExplainedPlan> plans) {
    ExplainedPlan chosen = ExplainedPlan.chosen(plans);
    long count = plans.stream().filter(plan -> measurable(plan, chosen)).count();
    OptionalDouble learningRate =
        OptionalDouble.of(
            train(chosen.plan(), 1, options.training().learningRate()).course().learningRate());
    List<ExplainedPlan> measured = new ArrayList<>();
    int number = 0;
    for (ExplainedPlan plan : plans) {
      if (measurable(plan, chosen)) {
        number++;
        progress.accept("measuring %d of %d: %s".formatted(number, count, plan.name()));
        measured.add(
            plan.withSeconds(
                train(plan.plan(), 2, learningRate).course().epochs().getLast().seconds()));
      } else {
        measured.add(plan);
      }
    }
    return measured;
  }

  private TrainingResult train(EnginePlan plan, int epochs, OptionalDouble learningRate) {
    TrainingOptions given = options.training();
    TrainingOptions training =
        given
            .withEpochs(epochs)
            .withLearningRate(learningRate)
            .withAveraging(TrainingOptions.NO_AVERAGING)
            .withPatience(0)
            .withPlan(plan.engine(), plan.layout());
    return Trainer.train(
        problem, options.network(), training, options.memory(), TrainingListener.NONE);
  }
}
