package kronwood.train;

import java.util.SplittableRandom;
import kronwood.data.feed.SplitPart;
import kronwood.engine.Engine;
import kronwood.engine.weights.UpdateRule;
import kronwood.fault.InputException;
import kronwood.math.Parallel;
import kronwood.network.Activation;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.network.OutputLayer;
import kronwood.plan.EnginePlan;
import kronwood.plan.OutOfMemoryEstimateException;
import org.jspecify.annotations.Nullable;

/**
 * Mini-batch stochastic gradient descent, the same for every engine.
 *
 * <pre>
 *   for each epoch:  shuffle the training samples
 *     for each batch of S of them, all at the same weights:
 *       fired neurons → outputs f, summed by an {@link Exchange} → loss ℓ and ∂ℓ/∂f
 *       c_{r,j} = −η · w_j · ∂ℓ/∂z_r / |batch|          for the neurons that fired
 *     a step of the {@link UpdateRule} with these coefficients and k = 1 − ηλ
 * </pre>
 *
 * <p>w_j are the samples' weights relative to their mean. The order of samples comes from the seed
 * alone; results do not depend on the number of threads.
 */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains a network.
   *
   * @param memory bytes that may be taken
   * @param listener receives the events; what it throws ends the training
   * @throws InputException if the loss cannot learn such targets, if the step size does not go with
   *     weight decay and momentum, or if there is patience but no validation sample
   * @throws OutOfMemoryEstimateException if the engine would need more than {@code memory}
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static TrainingResult train(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions options,
      double memory,
      TrainingListener listener) {
    return train(problem, network, options, memory, listener, StopSignal.NEVER, null);
  }

  /**
   * Trains a network, or goes on with a training that was saved.
   *
   * @param memory bytes that may be taken
   * @param listener receives the events; what it throws ends the training
   * @param stop may end the training before its last epoch; a {@link TrainingControl} may also have
   *     it wait or lower its step size
   * @param checkpoints where the training is saved after each epoch, null for nowhere
   * @throws InputException if the loss cannot learn such targets, if the step size does not go with
   *     weight decay and momentum, or if there is patience but no validation sample
   * @throws OutOfMemoryEstimateException if the engine would need more than {@code memory}
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static TrainingResult train(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions options,
      double memory,
      TrainingListener listener,
      StopSignal stop,
      @Nullable TrainingCheckpoints checkpoints) {
    NeuronShare all = NeuronShare.whole(network);
    return train(problem, network, options, memory, listener, stop, checkpoints, all);
  }

  /**
   * Trains this process's share of a network's neurons, together with the processes that hold the
   * others. All are given the same problem, network and options, and end with the bits that one
   * process with all neurons ends with; the number of threads and the memory may differ.
   *
   * <p>A stop that one process is asked for ends the training in all of them. Losses, metrics and
   * predictions are those of the whole network; the engine and the output layer of the result, the
   * plan and the counts of work are of the neurons held here.
   *
   * @param memory bytes that this process may take
   * @param listener receives the events of this process; what it throws ends the training
   * @param stop may end the training, in all processes, before its last epoch
   * @param checkpoints where this process's share is saved after each epoch, null for nowhere; all
   *     processes must go on after the same epoch
   * @param share the neurons held here; if not all, the options must name the engine, and the
   *     layout of a block engine
   * @throws InputException as above, or if the network cannot be divided like this
   */
  public static TrainingResult train(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions options,
      double memory,
      TrainingListener listener,
      StopSignal stop,
      @Nullable TrainingCheckpoints checkpoints,
      NeuronShare share) {
    long started = System.nanoTime();
    share.check(network, options);
    if (options.patience() > 0 && problem.feed().size(SplitPart.VALIDATION) == 0) {
      throw new InputException(
          "to stop early, training needs validation samples, and there are none");
    }
    Activation activation = Activation.of(problem.inputs().structure());
    activation.check(network.shift());
    MemberLosses losses = new MemberLosses(problem, network, HiddenSamples.of(problem, network));
    EnginePlan plan =
        EnginePlan.of(problem.inputs(), share.held(network), options.workload(), memory);
    SplittableRandom random = new SplittableRandom(network.seed() ^ 0x6b726f6e776f6f64L);
    SplittableRandom stepRandom = random.split();
    try (Parallel parallel = Parallel.of(options.threads())) {
      LinearStart start = LinearStart.of(problem, network, losses, memory, parallel);
      InitialWeights initial =
          new InitialWeights(
              network,
              losses.targets().outputs(),
              start.coefficients(),
              share.neurons(),
              problem.inputs().isSparse());
      Exchange exchange = share.exchange();
      Engine engine = plan.start(problem.inputs(), initial, options.workload(), exchange, parallel);
      OutputLayer output = new OutputLayer(initial, activation);
      StepSize step = StepSize.of(engine, output, problem, losses, options, exchange, stepRandom);
      step.checkDecay(options);
      TrainingRun run =
          new TrainingRun(
              problem,
              options,
              listener,
              TrainingControl.of(stop),
              engine,
              output,
              losses,
              step,
              share,
              parallel);
      if (checkpoints != null && checkpoints.load(run::visit)) {
        listener.on(new TrainingEvent.Resumed(run.epochsDone()));
      }
      listener.on(
          TrainingEvent.Started.of(
              plan,
              problem,
              network,
              losses.targets(),
              new StepSize(run.learningRate(), step.batch()),
              options.epochs()));
      TrainingResult result =
          run.train(plan, random, checkpoints, start, (System.nanoTime() - started) * 1e-9);
      listener.on(TrainingEvent.Finished.of(result));
      return result;
    }
  }
}
