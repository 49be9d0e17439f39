package kronwood.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import kronwood.cli.terminal.Text;
import kronwood.math.kernel.KernelProvider;
import kronwood.math.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param name what
 * @param found how it is
 * @param advice what to do about it, or null if all is well
 */
record Diagnosis(String name, String found, @Nullable String advice) {
  private static final int LEAST_JAVA = 25;

  /** Below this share of the machine's memory the heap is called small. */
  private static final double SMALL_SHARE = 0.5;

  /** Whether nothing needs to be done. */
  boolean well() {
    return advice == null;
  }

  /** Looks at everything. */
  static List<Diagnosis> all() {
    return List.of(java(), kernels(), memory(), threads(), tables());
  }

  private static Diagnosis java() {
    return new Diagnosis(
        "java",
        "%s (%s), %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")),
        Runtime.version().feature() >= LEAST_JAVA
            ? null
            : "install a JDK " + LEAST_JAVA + " or newer, or set KRONWOOD_JAVA_HOME to its folder");
  }

  private static Diagnosis kernels() {
    String description = Kernels.active().description();
    if (description.startsWith("vector")) {
      return new Diagnosis("kernels", description, null);
    }
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return new Diagnosis(
        "kernels",
        description,
        present
            ? "several times slower than vector kernels: take away -D"
                + KernelProvider.PROPERTY
                + "=scalar, -Xint or a low -XX:TieredStopAtLevel from KRONWOOD_JAVA_OPTS, or use a"
                + " processor with AVX2 or NEON"
            : "several times slower than vector kernels: start with ./kronwood, or add "
                + KernelProvider.MODULE_FLAG);
  }

  private static Diagnosis memory() {
    double heap = Runtime.getRuntime().maxMemory();
    double machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return memory(heap, machine);
  }

  static Diagnosis memory(double heap, double machine) {
    return new Diagnosis(
        "memory",
        "%s of heap at most, the machine has %s".formatted(Text.bytes(heap), Text.bytes(machine)),
        heap >= SMALL_SHARE * machine
            ? null
            : String.format(
                Locale.ROOT,
                "for large trainings give more, such as KRONWOOD_JAVA_OPTS=-Xmx%.0fm",
                0.7 * machine / (1 << 20)));
  }

  private static Diagnosis threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Diagnosis(
        "threads",
        processors + (processors == 1 ? " processor" : " processors"),
        processors > 1
            ? null
            : "training runs on one thread: allow the process or container more processors");
  }

  private static Diagnosis tables() {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      String version = connection.getMetaData().getDatabaseProductVersion();
      boolean allowed = connection.getClass().getModule().isNativeAccessEnabled();
      return new Diagnosis(
          "tables",
          "DuckDB " + version,
          allowed ? null : "start with ./kronwood, or add --enable-native-access=ALL-UNNAMED");
    } catch (SQLException | LinkageError e) {
      return new Diagnosis(
          "tables",
          "DuckDB does not start: " + e.getMessage(),
          "it unpacks a native library to "
              + System.getProperty("java.io.tmpdir")
              + ", which must be writable and allow execution;"
              + " -Djava.io.tmpdir=FOLDER in KRONWOOD_JAVA_OPTS takes another");
    }
  }
}
