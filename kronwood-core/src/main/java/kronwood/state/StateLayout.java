package kronwood.state;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.input.StructuredInputs;
import kronwood.math.kernel.Kernels;

/**
 * One representation per mode, and the cost and memory that follow from it.
 *
 * <p>The modes are those of the inputs, or a single composite one whose entities are the inputs
 * themselves, see {@link StateAxis}. That is the better choice where inputs share no entities, as
 * {@code image ⊗ image}; there the WEIGHT representation has {@link
 * StructuredInputs#estimatedWholeRank} coordinates, about half of those that the modes have
 * together.
 *
 * @param composite whether all modes are taken as one
 * @param representations one per mode, a single one if composite
 */
public record StateLayout(boolean composite, List<Representation> representations) {
  /** What the composite mode is called, where modes are named. */
  public static final String WHOLE = "whole";

  /** Copies the list. */
  public StateLayout {
    representations = List.copyOf(representations);
  }

  /** The entities along the k-th axis. */
  public StateAxis axis(StructuredInputs inputs, int k) {
    return new StateAxis(inputs, composite ? StateAxis.WHOLE : k);
  }

  /** Numbers per neuron, Π size_k. */
  public double size(StructuredInputs inputs) {
    double size = 1;
    for (int k = 0; k < representations.size(); k++) {
      size *= representations.get(k).size(axis(inputs, k));
    }
    return size;
  }

  /** Multiplications to read one input from one neuron. */
  public double readCost(StructuredInputs inputs) {
    double cost = reads(inputs);
    for (int k = 0; k < representations.size(); k++) {
      cost *= representations.get(k).readCost(axis(inputs, k));
    }
    return cost;
  }

  private static double inStrips(double length) {
    return Math.ceil(length / Kernels.STRIP) * Kernels.STRIP;
  }

  /**
   * Numbers in the longest array that is held for {@code inputs} of a block: read or write vectors,
   * one for each different combination of entities.
   */
  public double blockArray(StructuredInputs inputs, int block) {
    double value = 1;
    double valueEntities = 1;
    double inner = 1;
    double innerEntities = 1;
    double weight = 1;
    double weightEntities = 1;
    for (int k = 0; k < representations.size(); k++) {
      StateAxis axis = axis(inputs, k);
      Representation representation = representations.get(k);
      switch (representation.access()) {
        case READ_AT_ENTRY -> {
          value *= representation.size(axis);
          valueEntities *= axis.entities();
        }
        case WRITTEN_AT_ENTRY, ROWS -> {
          inner *= representation.size(axis);
          innerEntities *= axis.entities();
          if (representation.access() == Representation.Access.ROWS) {
            weight *= representation.size(axis);
            weightEntities *= axis.entities();
          }
        }
      }
    }
    double products = (double) block * writes(inputs);
    double written =
        Math.max(
            inStrips(value) * Math.min(products, valueEntities),
            inStrips(weight) * Math.min(products, weightEntities));
    return Math.max(written, inner * Math.min(products, innerEntities));
  }

  /** Products that are read for one input. */
  public int reads(StructuredInputs inputs) {
    return composite ? 1 : inputs.terms().readCount();
  }

  /** Products that one input is written as. */
  public int writes(StructuredInputs inputs) {
    return composite ? 1 : inputs.terms().count();
  }

  /** Multiplications to apply one coefficient to one neuron. */
  public double updateCost(StructuredInputs inputs) {
    double cost = writes(inputs);
    for (int k = 0; k < representations.size(); k++) {
      cost *= representations.get(k).updateCost(axis(inputs, k));
    }
    return cost;
  }

  /**
   * The layout with the modes' names, such as {@code left=VALUE,right=COEFFICIENT}, or {@code
   * whole=VALUE} if it is composite.
   */
  public String named(List<String> modes) {
    List<String> names = composite ? List.of(WHOLE) : modes;
    return IntStream.range(0, representations.size())
        .mapToObj(k -> names.get(k) + "=" + representations.get(k).name())
        .collect(Collectors.joining(","));
  }

  /** Such as {@code coefficient ⊗ value}, or {@code value of whole inputs}. */
  @Override
  public String toString() {
    String names =
        representations.stream()
            .map(representation -> representation.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" ⊗ "));
    return composite ? names + " of whole inputs" : names;
  }
}
