package kronwood.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process ends with, for scripts to rely on. */
public final class ExitCodes {
  /** All went well. */
  public static final int SUCCESS = 0;

  /** Something unexpected, most likely a bug. */
  public static final int FAILURE = 1;

  /** An option, a file, a row or the machine's memory does not do; nothing was written. */
  public static final int BAD_INPUT = 2;

  /** Used by the launcher: no JDK that is new enough, or the build failed. */
  public static final int CANNOT_START = 3;

  /**
   * The training loss ceased to be a finite number; with checkpoints the network before was saved,
   * else nothing was written.
   */
  public static final int DIVERGED = 4;

  /** Stopped by Ctrl-C; what had been learned was saved. */
  public static final int INTERRUPTED = 130;

  /** Stopped by the signal TERM; what had been learned was saved. */
  public static final int TERMINATED = 143;

  private ExitCodes() {}

  /**
   * The codes with their meaning, for a help text.
   *
   * @param trains whether to list those of a training too
   * @param saves whether to list those of a training that was stopped and saved
   */
  static Map<String, String> descriptions(boolean trains, boolean saves) {
    Map<String, String> codes = new LinkedHashMap<>();
    put(codes, SUCCESS, "success");
    put(codes, FAILURE, "unexpected failure, most likely a bug: see --debug");
    put(codes, BAD_INPUT, "bad option, bad input or too little memory; nothing was written");
    put(codes, CANNOT_START, "the launcher found no JDK, or the build failed");
    if (trains) {
      put(codes, DIVERGED, "training diverged; with --checkpoint the last good network is saved");
    }
    if (saves) {
      put(codes, INTERRUPTED, "stopped by Ctrl-C; what was learned so far is saved");
      put(codes, TERMINATED, "the same by the signal TERM");
    }
    return codes;
  }

  private static void put(Map<String, String> codes, int code, String meaning) {
    codes.put(Integer.toString(code), meaning);
  }
}
