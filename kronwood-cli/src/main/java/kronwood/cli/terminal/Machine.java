package kronwood.cli.terminal;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import org.jspecify.annotations.Nullable;

/** What this process may use and has used. */
public final class Machine {
  /** How the Java heap is made larger. */
  public static final String LARGER_HEAP =
      "KRONWOOD_JAVA_OPTS=-Xmx16g or the like, see kronwood doctor";

  private Machine() {}

  /** Threads to use: as given, or one per processor. */
  public static int threads(@Nullable Integer given) {
    return given != null ? given : Runtime.getRuntime().availableProcessors();
  }

  /**
   * Largest use of the heap so far in bytes: the sum of the largest uses of its parts, or its
   * largest size if that is less, hence an upper bound; garbage not yet collected counts.
   */
  public static long peakBytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getPeakUsage() != null) {
        bytes += pool.getPeakUsage().getUsed();
      }
    }
    return Math.min(bytes, Runtime.getRuntime().maxMemory());
  }
}
