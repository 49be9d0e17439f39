package kronwood.spark.job;

import java.util.ArrayList;
import java.util.List;
import kronwood.fault.InputException;
import kronwood.math.kernel.Kernels;

/**
 * What workers tell each other before they train together: where they listen, and all that their
 * bits depend on.
 *
 * @param rank which worker
 * @param attempt of the stage: workers of an earlier one are turned away
 * @param nonce a random number; that of worker 0 counts
 * @param kernels inner loops and their vector width
 * @param java version of Java
 * @param digest of the training data
 */
record Handshake(
    int rank,
    int attempt,
    String host,
    int port,
    long nonce,
    String kernels,
    String java,
    String digest) {
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 8;

  /** Of this process. */
  static Handshake of(int rank, int attempt, String host, int port, long nonce, String digest) {
    return new Handshake(
        rank,
        attempt,
        host,
        port,
        nonce,
        Kernels.active().description(),
        Runtime.version().toString(),
        digest);
  }

  String text() {
    return String.join(
        SEPARATOR,
        Integer.toString(rank),
        Integer.toString(attempt),
        host,
        Integer.toString(port),
        Long.toString(nonce),
        kernels,
        java,
        digest);
  }

  static Handshake parse(String text) {
    String[] fields = text.split(SEPARATOR, -1);
    if (fields.length != FIELDS) {
      throw new IllegalStateException("a worker of another version says: " + text);
    }
    return new Handshake(
        Integer.parseInt(fields[0]),
        Integer.parseInt(fields[1]),
        fields[2],
        Integer.parseInt(fields[3]),
        Long.parseLong(fields[4]),
        fields[5],
        fields[6],
        fields[7]);
  }

  /**
   * All workers by rank.
   *
   * @param texts what each says, in any order
   * @throws InputException if two would not compute the same bits
   */
  static List<Handshake> agreed(List<String> texts) {
    List<Handshake> all = new ArrayList<>(texts.stream().map(Handshake::parse).toList());
    all.sort((one, other) -> Integer.compare(one.rank, other.rank));
    Handshake first = all.getFirst();
    for (int rank = 0; rank < all.size(); rank++) {
      Handshake each = all.get(rank);
      if (each.rank != rank || each.attempt != first.attempt) {
        throw new IllegalStateException("workers of different attempts: " + texts);
      }
      same("kernels", first, first.kernels, each, each.kernels);
      same("Java", first, first.java, each, each.java);
      same("digest of the data", first, first.digest, each, each.digest);
    }
    return all;
  }

  private static void same(
      String what, Handshake first, String expected, Handshake each, String found) {
    if (!expected.equals(found)) {
      throw InputException.ofOption(
          "workers",
          "%s differs: %s on %s, %s on %s; workers that train together must compute the same bits, so use executors of one kind of machine and one Java"
              .formatted(what, expected, first.host, found, each.host));
    }
  }
}
