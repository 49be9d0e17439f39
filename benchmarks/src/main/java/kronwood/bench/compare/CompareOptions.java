package kronwood.bench.compare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import kronwood.math.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code compare}; {@link OptionsParser} reads them.
 *
 * @param cases which cases to run, in that order
 * @param repeats timed runs of each contestant
 * @param seed of data and networks
 * @param quick toy sizes: shows that the harness works, its times mean nothing
 * @param neurons width of networks, empty: each case its own
 * @param batch samples per step, empty: each case its own
 * @param precision of what block keeps, empty: each case its own
 * @param threads threads of each side, empty: all processors beside peers, else one
 * @param pairs largest grid of the case {@code grid}
 * @param peers what else to compare with
 * @param peerBatches batches of a peer to time in place of an epoch that has more
 * @param digits folder of the digits example
 * @param davis folder of the Davis data, null: without
 */
record CompareOptions(
    List<Case> cases,
    int repeats,
    long seed,
    boolean quick,
    OptionalInt neurons,
    OptionalInt batch,
    Optional<Precision> precision,
    OptionalInt threads,
    int pairs,
    List<Peer> peers,
    int peerBatches,
    Path digits,
    @Nullable Path davis) {

  /** What can be compared. */
  enum Case {
    /** Few features against many: does the time of an epoch depend on d? */
    DIMENSION,
    /** Eager against dense, on problems where both can run. */
    ENGINES,
    /** Widths side by side: what does a query cost? */
    WIDTH,
    /** Parts of real data. */
    DAVIS,
    /** All of the real data: the published algorithm against the block engine. */
    PAPER,
    /** The block engine on wider and wider networks. */
    WIDE,
    /** The block engine on larger and larger complete grids. */
    GRID,
    /** All plans on many shapes: is the one chosen the fastest? */
    PLANNER,
    /** All of the real data: the block engine against other programs. */
    PEERS;

    /** What is run unless something else is asked for: some minutes in all. */
    static final List<Case> USUAL = List.of(DIMENSION, ENGINES, WIDTH, DAVIS);

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Case of(String key) {
      for (Case known : values()) {
        if (known.key().equals(key)) {
          return known;
        }
      }
      throw new IllegalArgumentException(
          "unknown case '"
              + key
              + "', expected one or several of "
              + String.join(",", Arrays.stream(values()).map(Case::key).toList()));
    }
  }

  /** Other programs that train such networks. */
  enum Peer {
    /** PyTorch on the CPU. */
    PYTORCH;

    static Peer of(String key) {
      if (key.equals("pytorch")) {
        return PYTORCH;
      }
      throw new IllegalArgumentException("unknown peer '" + key + "', expected pytorch");
    }
  }

  /** Checks that the options fit together. */
  CompareOptions {
    cases = List.copyOf(cases);
    peers = List.copyOf(peers);
    if (cases.contains(Case.PEERS) && peers.isEmpty()) {
      throw new IllegalArgumentException("case peers needs --peers pytorch");
    }
    if (!cases.contains(Case.PEERS) && !peers.isEmpty()) {
      throw new IllegalArgumentException(
          "--peers is for case peers: add it to --cases, or leave that option out");
    }
  }

  /** Threads of each side. */
  int threadsOrDefault() {
    return threads.orElse(peers.isEmpty() ? 1 : Runtime.getRuntime().availableProcessors());
  }
}
