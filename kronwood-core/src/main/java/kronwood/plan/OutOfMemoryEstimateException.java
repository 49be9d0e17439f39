package kronwood.plan;

import java.util.Locale;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;

/** A training would need more memory, or longer arrays, than there are; nothing was allocated. */
public final class OutOfMemoryEstimateException extends InputException {
  private static final long serialVersionUID = 1L;

  private final boolean memoryHelps;

  private OutOfMemoryEstimateException(String message, boolean memoryHelps) {
    this(message, memoryHelps, memoryHelps ? Facts.of(Remedy.MEMORY) : Facts.NONE);
  }

  private OutOfMemoryEstimateException(String message, boolean memoryHelps, Facts facts) {
    super(message, facts);
    this.memoryHelps = memoryHelps;
  }

  /**
   * There is too little memory.
   *
   * @param smallest the plan that needs least
   * @param open whether every plan was considered, or only those asked for
   * @param available bytes there are
   */
  static OutOfMemoryEstimateException ofMemory(
      EnginePlan smallest, boolean open, double available) {
    String message =
        String.format(
            Locale.ROOT,
            "this run needs about %s of memory (%s), but there are %s;"
                + " the smallest budget that would do%s is %s;"
                + " take fewer neurons or samples,%s or give the program more memory",
            rounded(smallest.bytes(), RoundingMode.NEAREST),
            smallest.summary(),
            rounded(available, RoundingMode.NEAREST),
            open ? "" : " for the engine or plan asked for",
            rounded(smallest.bytes(), RoundingMode.UP),
            open ? "" : " leave the choice to the planner,");
    return new OutOfMemoryEstimateException(message, true);
  }

  /**
   * There is too little memory for comparisons of the entities of pairs.
   *
   * @param pairs number of pairs
   * @param needed bytes that takes
   * @param available bytes there are
   */
  public static OutOfMemoryEstimateException ofComparisons(
      int pairs, double needed, double available) {
    String message =
        String.format(
            Locale.ROOT,
            "the comparisons of %d pairs need about %s of memory, but there are %s; take fewer"
                + " pairs or components, or give the program more memory",
            pairs,
            rounded(needed, RoundingMode.NEAREST),
            rounded(available, RoundingMode.NEAREST));
    return new OutOfMemoryEstimateException(message, true);
  }

  /**
   * There is too little memory for the coordinates of a table's entities.
   *
   * @param table name of the table
   * @param entities number of training entities among which inner products are needed
   * @param needed bytes that takes
   * @param available bytes there are
   */
  public static OutOfMemoryEstimateException ofCoordinates(
      String table, int entities, double needed, double available) {
    String message =
        String.format(
            Locale.ROOT,
            "the coordinates of table '%s' need about %s of memory (%d training entities), but"
                + " there are %s; take fewer entities or features, or principal components of"
                + " features, or give the program more memory",
            table,
            rounded(needed, RoundingMode.NEAREST),
            entities,
            rounded(available, RoundingMode.NEAREST));
    return new OutOfMemoryEstimateException(
        message, true, Facts.ofTable(table).with(Remedy.COMPONENTS));
  }

  /**
   * There is too little memory, or no array long enough, for the weights of the model that would be
   * the result.
   *
   * @param neurons number of neurons
   * @param ranks coordinates of each mode, in words; their product is the number of weights of a
   *     neuron
   * @param needed bytes that all weights take
   * @param available bytes there are
   */
  public static OutOfMemoryEstimateException ofModel(
      int neurons, String ranks, double needed, double available) {
    String message =
        String.format(
            Locale.ROOT,
            "the model would need %s of memory (%d neurons with %s weights each), but there are %s;"
                + " take fewer neurons, or attributes of fewer dimensions: a Gaussian kernel, texts"
                + " and an identity have about as many as there are entities, numbers no more than"
                + " columns",
            rounded(needed, RoundingMode.NEAREST),
            neurons,
            ranks,
            rounded(available, RoundingMode.NEAREST));
    return new OutOfMemoryEstimateException(message, true);
  }

  /**
   * No plan's arrays can be made.
   *
   * @param plan the plan with the shortest
   * @param length numbers in its longest array
   * @param limit the most there can be
   */
  static OutOfMemoryEstimateException ofArrays(EnginePlan plan, double length, double limit) {
    String message =
        String.format(
            Locale.ROOT,
            "this run needs %.3g numbers in one array (%s), but an array holds at most %.3g,"
                + " whatever the memory; take fewer features",
            length,
            plan.summary(),
            limit);
    return new OutOfMemoryEstimateException(message, false);
  }

  /** Whether the run would be possible with more memory. */
  public boolean memoryHelps() {
    return memoryHelps;
  }

  private enum RoundingMode {
    NEAREST,
    UP
  }

  /** In units of a thousand; rounded up, it is a budget that suffices. */
  private static String rounded(double bytes, RoundingMode mode) {
    double unit = bytes >= 1e8 ? 1e9 : bytes >= 1e5 ? 1e6 : 1e3;
    String name = bytes >= 1e8 ? "GB" : bytes >= 1e5 ? "MB" : "kB";
    return mode == RoundingMode.UP
        ? String.format(Locale.ROOT, "%.3f %s", Math.ceil(1e3 * bytes / unit) / 1e3, name)
        : String.format(Locale.ROOT, "%.1f %s", bytes / unit, name);
  }
}
