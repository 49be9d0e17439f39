package kronwood.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
public final class Text {
  private Text() {}

  /** Four decimals where these say enough, else four significant digits; {@code -} if undefined. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= 1e-3 && size < 1e6);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }

  /** {@code 12.3 s}, or {@code 0.012 s}. */
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 1 ? "%.3f s" : "%.1f s", seconds);
  }

  /** {@code 0:42}, or {@code 1:02:03}. */
  public static String clock(double seconds) {
    long whole = Math.round(Math.max(0, seconds));
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** {@code 3.2 GB}, or {@code 45.6 MB}, of a thousand each. */
  public static String bytes(double bytes) {
    return bytes >= 1e9
        ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /** Rows of cells as lines, in which each column but the last is as wide as its widest cell. */
  public static List<String> columns(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        int column = c;
        int widest = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
        line.append(row.get(c));
        line.repeat(' ', c + 1 == row.size() ? 0 : widest - row.get(c).length() + 2);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /**
   * A text whose control characters a terminal does not obey, but shows: {@code \\u001b} for ESC.
   * Line breaks and tabs are kept; marks that turn the direction of writing count as control
   * characters.
   */
  static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (obeyed(text, i)) {
        StringBuilder shown = new StringBuilder(text.substring(0, i));
        for (int j = i; j < text.length(); j++) {
          if (obeyed(text, j)) {
            shown.append(String.format(Locale.ROOT, "\\u%04x", (int) text.charAt(j)));
          } else {
            shown.append(text.charAt(j));
          }
        }
        return shown.toString();
      }
    }
    return text;
  }

  /** The same on one line. */
  public static String printableLine(String text) {
    return printable(text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"));
  }

  private static boolean obeyed(String text, int i) {
    char c = text.charAt(i);
    return switch (c) {
      case '\n', '\t' -> false;
      case '\r' -> i + 1 == text.length() || text.charAt(i + 1) != '\n';
      default ->
          Character.isISOControl(c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    };
  }

  /** {@code 25,046}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
