package kronwood.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import kronwood.engine.BlockEngine;
import kronwood.engine.DenseEngine;
import kronwood.engine.EagerEngine;
import kronwood.engine.Engine;
import kronwood.fault.InputException;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.network.Activation;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.state.Representation;
import kronwood.state.StateAxis;
import kronwood.state.StateLayout;
import kronwood.train.StepSize;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a training, the coordinates of its states, and the estimated cost. All of it is
 * computed from shapes, before anything is allocated.
 *
 * <p>Work per training sample, in multiplications, with f neurons expected to fire:
 *
 * <pre>
 *   dense    (m + f) · d
 *   eager    n · (K + f)
 *   block    m · Π read_k + f · Π update_k, for each {@link StateLayout}
 *   weights  (m / s + f) · d, with s samples of a block for each different entity
 * </pre>
 *
 * <p>A multiplication takes between 1/100 and 1 ns, depending on where its numbers lie and how many
 * samples share them. Plans are therefore chosen by the estimated time of {@link WorkEstimate}.
 *
 * @param engine the engine, not {@link EngineChoice#AUTO}
 * @param layout coordinates of the block engine's states, null for others
 * @param bytes memory it takes, estimated, with the trained model
 * @param workPerSample multiplications per training sample, estimated
 * @param nanosPerSample time a training sample takes on one core, estimated
 * @param summary the plan in words, for people and provenance
 */
public record EnginePlan(
    EngineChoice engine,
    @Nullable StateLayout layout,
    double bytes,
    double workPerSample,
    double nanosPerSample,
    String summary) {
  /** Whether a plan can be carried out, and if not, why. */
  public enum Fit {
    /** It can. */
    FITS,
    /** It needs more memory than there is. */
    TOO_LITTLE_MEMORY,
    /** Weights, state or block are longer than an array can be, whatever the memory. */
    TOO_LARGE_FOR_ARRAYS
  }

  private static final double LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Samples of a batch at most, where {@link StepSize} chooses their number. */
  private static final int LARGEST_CHOSEN_BATCH = 1024;

  private static final double BYTES_OF_SAMPLE = 28;
  private static final double BYTES_OF_FIRED = 40;

  /**
   * The plan with the least time among those that the options allow and that fit in memory and in
   * arrays. Engine {@link EngineChoice#WEIGHTS} is considered only if the options name it, or if
   * the plan with the least time does not fit in memory; then it is often much faster than the
   * others that fit. Trainings that fit without it keep their bits.
   *
   * @param memory bytes there are
   * @throws OutOfMemoryEstimateException if every plan would need more than {@code memory}, it
   *     names the smallest; or if arrays can hold none
   * @throws InputException if the options name a layout that such inputs cannot have
   */
  public static EnginePlan of(
      StructuredInputs inputs, NetworkOptions network, Workload workload, double memory) {
    List<EnginePlan> plans = all(inputs, network, workload);
    Comparator<EnginePlan> byTime = Comparator.comparingDouble(EnginePlan::nanosPerSample);
    return plans.stream()
        .filter(plan -> plan.engine() != EngineChoice.WEIGHTS)
        .filter(plan -> plan.fit(inputs, memory) != Fit.TOO_LARGE_FOR_ARRAYS)
        .min(byTime)
        .filter(plan -> plan.fit(inputs, memory) == Fit.FITS)
        .or(() -> plans.stream().filter(plan -> plan.fit(inputs, memory) == Fit.FITS).min(byTime))
        .orElseThrow(() -> refusal(plans, inputs, workload, memory));
  }

  private static OutOfMemoryEstimateException refusal(
      List<EnginePlan> plans, StructuredInputs inputs, Workload workload, double memory) {
    // More memory is of no use to a plan that arrays cannot hold.
    return plans.stream()
        .filter(plan -> plan.largestArray(inputs) <= LARGEST_ARRAY)
        .min(Comparator.comparingDouble(EnginePlan::bytes))
        .map(
            plan ->
                OutOfMemoryEstimateException.ofMemory(
                    plan, workload.engine().leavesPlanOpen(), memory))
        .orElseGet(
            () -> {
              EnginePlan least =
                  Collections.min(
                      plans, Comparator.comparingDouble(plan -> plan.largestArray(inputs)));
              return OutOfMemoryEstimateException.ofArrays(
                  least, least.largestArray(inputs), LARGEST_ARRAY);
            });
  }

  /**
   * All plans that the options allow, whatever the memory.
   *
   * @throws InputException if the options name a layout that such inputs cannot have
   */
  public static List<EnginePlan> all(
      StructuredInputs inputs, NetworkOptions network, Workload workload) {
    if (inputs.isSparse() && workload.engine().engine() == EngineChoice.AUTO) {
      return List.of(weights(inputs, network, workload));
    }
    List<EnginePlan> plans = new ArrayList<>();
    if (allows(workload, EngineChoice.BLOCK)) {
      for (StateLayout layout : layouts(inputs, workload.engine().layout())) {
        plans.add(block(inputs, network, layout, workload));
      }
    }
    if (workload.engine().layout() == null && allows(workload, EngineChoice.WEIGHTS)) {
      plans.add(weights(inputs, network, workload));
    }
    if (workload.engine().layout() == null && allows(workload, EngineChoice.EAGER)) {
      plans.add(eager(inputs, network, workload));
    }
    if (workload.engine().layout() == null && allows(workload, EngineChoice.DENSE)) {
      plans.add(dense(inputs, network, workload));
    }
    return plans;
  }

  /** Whether this plan can be carried out with {@code memory} bytes. */
  public Fit fit(StructuredInputs inputs, double memory) {
    if (largestArray(inputs) > LARGEST_ARRAY) {
      return Fit.TOO_LARGE_FOR_ARRAYS;
    }
    return bytes <= memory ? Fit.FITS : Fit.TOO_LITTLE_MEMORY;
  }

  /** Numbers in the largest of a neuron's weights, its state, and what a block takes. */
  private double largestArray(StructuredInputs inputs) {
    if (engine == EngineChoice.WEIGHTS && inputs.isSparse()) {
      return EntryMemory.largestArray(inputs);
    }
    double largest = inputs.estimatedDimension();
    if (layout != null) {
      largest = Math.max(largest, layout.size(inputs));
      // Of the neurons' part of a block the engine takes care itself.
      largest = Math.max(largest, BlockMemory.largestArray(inputs, layout));
    }
    if (engine == EngineChoice.WEIGHTS) {
      largest = Math.max(largest, TensorMemory.largestArray(inputs));
    }
    return largest;
  }

  private static boolean allows(Workload workload, EngineChoice engine) {
    return workload.engine().engine() == EngineChoice.AUTO || workload.engine().engine() == engine;
  }

  /** The one asked for, or all. */
  private static List<StateLayout> layouts(StructuredInputs inputs, @Nullable StateLayout asked) {
    List<StateLayout> layouts = layouts(inputs);
    if (asked == null) {
      return layouts;
    }
    if (!layouts.contains(asked)) {
      throw new InputException(
          "inputs of %d modes cannot have states %s%s"
              .formatted(
                  inputs.modes(),
                  asked,
                  asked.composite() ? ", which are for symmetric inputs: image ⊗ image" : ""));
    }
    return List.of(asked);
  }

  /**
   * Every mix of representations, and whole inputs in each representation that can be faster for
   * them.
   */
  private static List<StateLayout> layouts(StructuredInputs inputs) {
    List<List<Representation>> mixes = List.of(List.of());
    for (int k = 0; k < inputs.modes(); k++) {
      List<List<Representation>> longer = new ArrayList<>();
      for (List<Representation> mix : mixes) {
        for (Representation representation : Representation.values()) {
          List<Representation> next = new ArrayList<>(mix);
          next.add(representation);
          longer.add(next);
        }
      }
      mixes = longer;
    }
    List<StateLayout> layouts = new ArrayList<>();
    mixes.forEach(mix -> layouts.add(new StateLayout(false, mix)));
    if (inputs.modes() > 1) {
      for (Representation representation : Representation.values()) {
        if (representation.isOfUseForWhole(new StateAxis(inputs, StateAxis.WHOLE))) {
          layouts.add(new StateLayout(true, List.of(representation)));
        }
      }
    }
    return layouts;
  }

  private static EnginePlan block(
      StructuredInputs inputs, NetworkOptions network, StateLayout layout, Workload workload) {
    double bytes =
        Math.max(
                BlockMemory.bytes(inputs, layout, network, workload),
                BlockMemory.bytesOfCoefficients(inputs, network, workload)
                    + modelBytes(inputs, network))
            + workingBytes(inputs, network, workload);
    double work =
        network.neurons() * layout.readCost(inputs)
            + expectedFired(inputs, network) * layout.updateCost(inputs);
    double nanos =
        WorkEstimate.block(inputs, network, expectedFired(inputs, network), workload, layout)
            .nanos();
    return new EnginePlan(
        EngineChoice.BLOCK, layout, bytes, work, nanos, "block: states " + layout);
  }

  private static EnginePlan weights(
      StructuredInputs inputs, NetworkOptions network, Workload workload) {
    double fired = expectedFired(inputs, network);
    if (inputs.isSparse()) {
      return entries(inputs, network, workload, fired);
    }
    double bytes =
        TensorMemory.bytes(inputs, network, workload, fired)
            + modelBytes(inputs, network)
            + workingBytes(inputs, network, workload);
    WorkEstimate estimate = WorkEstimate.weights(inputs, network, fired, workload);
    String summary =
        String.format(
            Locale.ROOT,
            "weights: %d neurons × %.0f weights",
            network.neurons(),
            inputs.estimatedDimension());
    double work = estimate.units(WorkKind.MATRIX_PRODUCT) + estimate.units(WorkKind.READ_TOGETHER);
    return new EnginePlan(EngineChoice.WEIGHTS, null, bytes, work, estimate.nanos(), summary);
  }

  private static EnginePlan entries(
      StructuredInputs inputs, NetworkOptions network, Workload workload, double fired) {
    double bytes =
        EntryMemory.bytes(inputs, network, workload, fired)
            + workingBytes(inputs, network, workload);
    WorkEstimate estimate = WorkEstimate.entries(inputs, network, fired, workload);
    String summary =
        String.format(
            Locale.ROOT,
            "weights: %d neurons × %.0f entries at most, of %.0f",
            network.neurons(),
            EntryMemory.shared(inputs) + EntryMemory.cells(inputs),
            inputs.estimatedDimension());
    double work = estimate.units(WorkKind.READ_ALONE) + estimate.units(WorkKind.SUM);
    return new EnginePlan(EngineChoice.WEIGHTS, null, bytes, work, estimate.nanos(), summary);
  }

  private static EnginePlan eager(
      StructuredInputs inputs, NetworkOptions network, Workload workload) {
    double bytes =
        EagerEngine.bytes(
                inputs.size(),
                network.neurons(),
                inputs.gramBytes(),
                inputs.estimatedDimension(),
                workload.rule())
            + modelBytes(inputs, network)
            + workingBytes(inputs, network, workload);
    double products = inputs.terms().readCount() * (double) inputs.terms().count();
    double work = inputs.size() * (products * inputs.modes() + expectedFired(inputs, network));
    String summary =
        String.format(
            Locale.ROOT,
            "eager: %d neurons × %d samples in trees",
            network.neurons(),
            inputs.size());
    double nanos =
        WorkEstimate.eager(inputs, network, expectedFired(inputs, network), workload).nanos();
    return new EnginePlan(EngineChoice.EAGER, null, bytes, work, nanos, summary);
  }

  private static EnginePlan dense(
      StructuredInputs inputs, NetworkOptions network, Workload workload) {
    double dimension = inputs.estimatedDimension();
    double bytes =
        DenseEngine.bytes(dimension, network.neurons(), workload.rule())
            + modelBytes(inputs, network)
            + workingBytes(inputs, network, workload);
    double work = (network.neurons() + expectedFired(inputs, network)) * dimension;
    String summary =
        String.format(
            Locale.ROOT, "dense: %d neurons × %.0f weights", network.neurons(), dimension);
    double nanos =
        WorkEstimate.dense(inputs, network, expectedFired(inputs, network), workload).nanos();
    return new EnginePlan(EngineChoice.DENSE, null, bytes, work, nanos, summary);
  }

  /**
   * Memory of a training that does not depend on the engine: target, position and norm of each
   * sample, and the fired neurons of each batch with their coefficients.
   */
  private static double workingBytes(
      StructuredInputs inputs, NetworkOptions network, Workload workload) {
    double samples = inputs.size();
    int batch = workload.batch() == Workload.AUTO_BATCH ? LARGEST_CHOSEN_BATCH : workload.batch();
    return BYTES_OF_SAMPLE * samples
        + BYTES_OF_FIRED * Math.min(batch, samples) * network.neurons();
  }

  /** The weights in single precision that training ends with. */
  private static double modelBytes(StructuredInputs inputs, NetworkOptions network) {
    return 4 * inputs.estimatedDimension() * network.neurons();
  }

  /** Neurons that fire if pre-activations are standard normal, by a bound of their tail. */
  private static double expectedFired(StructuredInputs inputs, NetworkOptions network) {
    double b = network.shift();
    double share = b <= 0 ? 0.5 : Math.min(0.5, Math.exp(-b * b / 2) / (1 + b));
    int sides = Activation.of(inputs.structure()).isOdd() ? 2 : 1;
    return sides * share * network.neurons();
  }

  /**
   * Makes the engine, with all neurons at their initial weights.
   *
   * @param exchange completes what the engine counts over all neurons
   */
  public Engine start(
      StructuredInputs inputs,
      InitialWeights initial,
      Workload workload,
      Exchange exchange,
      Parallel parallel) {
    if (layout != null) {
      return new BlockEngine(
          inputs,
          initial,
          workload.rule(),
          layout,
          workload.engine().precision(),
          exchange,
          parallel);
    }
    return switch (engine) {
      case WEIGHTS ->
          BlockEngine.ofWeights(
              inputs, initial, workload.rule(), workload.engine().precision(), exchange, parallel);
      case DENSE -> new DenseEngine(inputs, initial, workload.rule());
      case EAGER -> new EagerEngine(inputs, initial, workload.rule(), parallel);
      case AUTO, BLOCK -> throw new IllegalStateException("a plan of engine " + engine.key());
    };
  }
}
