package kronwood.network;

import java.util.List;
import java.util.stream.Stream;
import kronwood.fault.InputException;

/**
 * The neurons that one process holds when several train a network: consecutive ones of the distinct
 * neurons, with their partners if neurons are paired. The process that holds neuron 0 holds the
 * linear units too.
 *
 * <p>A range is a node of {@link SumOrder}, so that a process computes a sum that a process with
 * all neurons computes on its way. Ranges are therefore made by halving: {@link #of} is the whole,
 * {@link #half} one of the two nodes that a range is the sum of. The whole network can be divided
 * if its number of distinct neurons is a multiple of {@link SumOrder#PANEL}. The left half is the
 * larger one if the number of panels is no power of two.
 *
 * @param from first distinct neuron
 * @param to end of the distinct neurons, exclusive
 * @param distinct number of distinct neurons of the whole network: m, or m/2 if paired
 */
public record NeuronRange(int from, int to, int distinct) {
  private static final int PANEL = SumOrder.PANEL;

  /**
   * Checks that the range is a node.
   *
   * @throws InputException if it is not
   */
  public NeuronRange {
    if (from < 0 || to <= from || to > distinct) {
      throw new InputException(
          "range of neurons is %d to %d, expected a part of 0 to %d".formatted(from, to, distinct));
    }
    boolean whole = from == 0 && to == distinct;
    if (!whole && distinct % PANEL != 0) {
      throw new InputException(
          "%d distinct neurons cannot be divided among processes, expected a multiple of %d"
              .formatted(distinct, PANEL));
    }
    int span = PANEL * span(from, to);
    if (!whole && (from % span != 0 || to != Math.min(distinct, from + span))) {
      throw new InputException(
          "range of neurons is %d to %d, expected one that halving 0 to %d leads to"
              .formatted(from, to, distinct));
    }
  }

  /** Panels of the node: those of the range, to the next power of two. */
  private static int span(int from, int to) {
    int panels = Math.ceilDiv(to - from, PANEL);
    return panels == 1 ? 1 : 2 * Integer.highestOneBit(panels - 1);
  }

  /** All neurons of a network. */
  public static NeuronRange of(NetworkOptions network) {
    int distinct = network.paired() ? network.neurons() / 2 : network.neurons();
    return new NeuronRange(0, distinct, distinct);
  }

  /**
   * One of the two halves of this range.
   *
   * @param side 0 for the left, 1 for the right one
   * @throws InputException if the range is a single panel, or the network cannot be divided
   */
  public NeuronRange half(int side) {
    int span = span(from, to);
    if (span == 1) {
      throw new InputException(
          "a panel of %d neurons is not divided: take fewer processes".formatted(to - from));
    }
    int middle = from + PANEL * (span / 2);
    return side == 0
        ? new NeuronRange(from, middle, distinct)
        : new NeuronRange(middle, to, distinct);
  }

  /**
   * This range, halved again and again.
   *
   * @param ranges how many there will be; a power of two
   * @throws InputException if it is not, or the neurons cannot be divided among so many
   */
  public List<NeuronRange> divided(int ranges) {
    if (Integer.bitCount(ranges) != 1 || ranges < 1) {
      throw new InputException("found %d ranges, expected a power of two".formatted(ranges));
    }
    List<NeuronRange> divided = List.of(this);
    while (divided.size() < ranges) {
      divided = divided.stream().flatMap(r -> Stream.of(r.half(0), r.half(1))).toList();
    }
    return divided;
  }

  /** Whether these are all neurons. */
  public boolean isWhole() {
    return to - from == distinct;
  }

  /** Number of distinct neurons in the range. */
  public int size() {
    return to - from;
  }

  /**
   * The number that a unit of this range has in the whole network.
   *
   * @param unit as an engine numbers it: neurons of the range, their partners, linear units
   */
  public int unit(NetworkOptions network, int unit) {
    int neurons = network.paired() ? 2 * size() : size();
    if (unit >= neurons) {
      return network.neurons() + unit - neurons;
    }
    return unit < size() ? from + unit : distinct + from + unit - size();
  }
}
