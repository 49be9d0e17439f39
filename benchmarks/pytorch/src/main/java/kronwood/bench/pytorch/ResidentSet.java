package kronwood.bench.pytorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's resident memory, as Linux counts it. */
final class ResidentSet {
  /** What is returned where the system does not tell. */
  static final long UNKNOWN = -1;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private ResidentSet() {}

  /** Bytes in use now; the peak is counted from here on. */
  static long beginPeak() {
    try {
      // 5: reset the peak to what is in use (proc(5)).
      Files.writeString(CLEAR, "5");
    } catch (IOException e) {
      return UNKNOWN;
    }
    return field("VmRSS:");
  }

  /** Largest number of bytes in use since {@link #beginPeak}. */
  static long peak() {
    return field("VmHWM:");
  }

  private static long field(String name) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(name)) {
          String kibibytes = line.substring(name.length()).replace("kB", "").strip();
          return 1024 * Long.parseLong(kibibytes);
        }
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
    return UNKNOWN;
  }
}
