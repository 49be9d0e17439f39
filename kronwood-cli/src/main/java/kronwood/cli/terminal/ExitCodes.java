package kronwood.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process ends with, for scripts to rely on. */
public final class ExitCodes {
  /** All went well. */
  public static final int SUCCESS = 0;

  /** Something unexpected, most likely a bug. */
  public static final int FAILURE = 1;

  /**
   * An option, a file, a row or the machine's memory does not do, or standard output takes no more;
   * nothing was written but what a message names.
   */
  public static final int BAD_INPUT = 2;

  /** Used by the launcher: no JDK that is new enough, or the build failed. */
  public static final int CANNOT_START = 3;

  /**
   * The training loss ceased to be a finite number; with checkpoints the network before was saved,
   * else nothing was written.
   */
  public static final int DIVERGED = 4;

  /** Stopped by the signal HUP, as {@link #INTERRUPTED}. */
  public static final int HUNG_UP = 129;

  /** Stopped by Ctrl-C; what had been learned was saved, or a message says that it was not. */
  public static final int INTERRUPTED = 130;

  /** Stopped by the signal TERM, as {@link #INTERRUPTED}. */
  public static final int TERMINATED = 143;

  private ExitCodes() {}

  /**
   * The codes with their meaning, for a help text.
   *
   * @param trains whether to list those of a training too
   * @param saves whether to list those of a training that was stopped and saved
   */
  public static Map<String, String> descriptions(boolean trains, boolean saves) {
    Map<String, String> codes = new LinkedHashMap<>();
    put(codes, SUCCESS, "success");
    put(codes, FAILURE, "unexpected failure, most likely a bug: see --debug");
    put(
        codes,
        BAD_INPUT,
        "bad option, bad input or too little memory; nothing was written but what a message"
            + " names");
    put(codes, CANNOT_START, "the launcher found no JDK, or the build failed");
    if (trains) {
      put(codes, DIVERGED, "training diverged; with --checkpoint the last good network is saved");
    }
    if (saves) {
      put(
          codes,
          INTERRUPTED,
          "stopped by Ctrl-C; what was learned so far is saved, or a message says that nothing is");
      put(codes, TERMINATED, "the same by the signal TERM");
      put(codes, HUNG_UP, "the same by the signal HUP, as when a terminal is closed");
    }
    return codes;
  }

  private static void put(Map<String, String> codes, int code, String meaning) {
    codes.put(Integer.toString(code), meaning);
  }
}
