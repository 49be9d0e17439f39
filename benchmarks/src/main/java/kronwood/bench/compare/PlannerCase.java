package kronwood.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import kronwood.math.Precision;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.plan.EnginePlan;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;

/**
 * How good the planner's choices are: on each shape, every plan that fits and is not hopeless is
 * timed, in turn, and the chosen one is put in relation to the fastest.
 *
 * <p>A plan is hopeless, and left out, if it is estimated to take more than 8 times as long as the
 * best estimate and more than 2 s an epoch. Each of the others is timed once; those within twice
 * the fastest, and the chosen one, as often as asked for. All plans of a shape take the same steps.
 */
final class PlannerCase {
  private static final double HOPELESS_RATIO = 8;
  private static final double HOPELESS_SECONDS = 2;
  private static final double WORTH_REPEATING = 2;

  /** Processor seconds after which a training is not timed any longer. */
  private static final double ENOUGH = 0.5;

  private final List<PlannerShape> shapes;
  private final CompareOptions options;
  private final Precision precision;
  private final Consumer<String> progress;
  private final double memory = 0.7 * Runtime.getRuntime().maxMemory();

  /**
   * The case on the given shapes.
   *
   * @param options repeats, seed and precision
   * @param progress told what is being done
   */
  PlannerCase(List<PlannerShape> shapes, CompareOptions options, Consumer<String> progress) {
    this.shapes = List.copyOf(shapes);
    this.options = options;
    this.precision = options.precision().orElse(Precision.SINGLE);
    this.progress = progress;
  }

  /** Runs the case and prints its tables. */
  void print(PrintStream out) {
    List<PlannerResult> results = new ArrayList<>();
    for (PlannerShape shape : shapes) {
      results.add(measure(shape));
    }
    out.println();
    out.println("### planner: how far is the chosen plan from the fastest");
    out.println();
    PlannerResult.choices(results).lines().forEach(out::println);
    out.println();
    PlannerResult.remarks(results).forEach(out::println);
    for (PlannerResult result : results) {
      out.println();
      out.println("#### " + result.shape().name() + ": " + result.shape().sizes());
      out.println();
      result.details().lines().forEach(out::println);
    }
  }

  private PlannerResult measure(PlannerShape shape) {
    NetworkOptions network = NetworkOptions.of(shape.neurons(), options.seed());
    TrainingProblem problem = shape.problem(options.seed());
    TrainingOptions training =
        TrainingOptions.plain(shape.batch(), 1, OptionalDouble.empty(), 0, EngineChoice.AUTO, 1)
            .withPrecision(precision);
    EnginePlan chosen = EnginePlan.of(problem.inputs(), network, training.workload(), memory);
    List<EnginePlan> fitting =
        EnginePlan.all(problem.inputs(), network, training.workload()).stream()
            .filter(plan -> plan.fit(problem.inputs(), memory) == EnginePlan.Fit.FITS)
            .toList();
    List<TimedPlan> plans =
        fitting.stream()
            .filter(plan -> !isHopeless(plan, chosen, shape))
            .map(plan -> new TimedPlan(plan, shape.samples()))
            .toList();
    // The step size; and whatever plans have in common is compiled.
    OptionalDouble learningRate =
        OptionalDouble.of(
            time(shape, problem, network, chosen, OptionalDouble.empty(), false).learningRate());
    PlannerResult result = new PlannerResult(shape, chosen, plans, fitting.size() - plans.size());
    for (int round = 1; round <= options.repeats(); round++) {
      double most = WORTH_REPEATING * result.fastest().microsPerSample();
      for (TimedPlan plan : plans) {
        if (plan.plan().equals(chosen) || round == 1 || plan.microsPerSample() <= most) {
          progress.accept("planner: %s, round %d, %s".formatted(shape.name(), round, plan.name()));
          plan.add(time(shape, problem, network, plan.plan(), learningRate, round == 1));
        }
      }
    }
    return result;
  }

  private static boolean isHopeless(EnginePlan plan, EnginePlan chosen, PlannerShape shape) {
    return plan.nanosPerSample() > HOPELESS_RATIO * chosen.nanosPerSample()
        && 1e-9 * plan.nanosPerSample() * shape.samples() > HOPELESS_SECONDS;
  }

  private PlanClock.Timed time(
      PlannerShape shape,
      TrainingProblem problem,
      NetworkOptions network,
      EnginePlan plan,
      OptionalDouble learningRate,
      boolean weigh) {
    TrainingOptions training =
        TrainingOptions.plain(
                shape.batch(), PlanClock.MOST_EPOCHS, learningRate, 0, plan.engine(), 1)
            .withPlan(plan.engine(), plan.layout())
            .withPrecision(precision);
    return PlanClock.time(problem, network, training, options.quick() ? 0 : ENOUGH, weigh);
  }
}
