package kronwood.network;

import java.util.List;
import kronwood.fault.InputException;
import kronwood.train.HiddenSamples;

/**
 * How a network is divided into an ensemble: members of equal width that share every pass over the
 * data, each with outputs and a loss of its own.
 *
 * <pre>
 *   f_{e,c} = (1/√(m/E)) Σ_{r in member e} A_{c,r} · max(z_r − b, 0)
 * </pre>
 *
 * <p>The prediction is the mean over members, their spread says how far it is determined by the
 * data.
 *
 * @param members number of members E ≥ 1, 1 for a single network
 * @param hiddenModes the modes whose entities a hidden sample is made of: samples that agree in
 *     these are hidden from the same members, see {@link HiddenSamples}; none for all modes
 */
public record Ensemble(int members, List<Integer> hiddenModes) {
  /** A single network. */
  public static final Ensemble SINGLE = new Ensemble(1, List.of());

  /**
   * Copies the list.
   *
   * @throws InputException if there is no member
   */
  public Ensemble {
    hiddenModes = List.copyOf(hiddenModes);
    if (members < 1) {
      throw new InputException("ensemble is " + members + ", expected at least 1 member");
    }
  }

  /** An ensemble from whose members pairs are hidden, whatever their entities. */
  public static Ensemble of(int members) {
    return new Ensemble(members, List.of());
  }

  /** Whether there are several members. */
  public boolean isSeveral() {
    return members > 1;
  }

  /** As people say it: the number of members, and what is hidden from them. */
  @Override
  public String toString() {
    return hiddenModes.isEmpty() ? "" + members : members + " by modes " + hiddenModes;
  }
}
