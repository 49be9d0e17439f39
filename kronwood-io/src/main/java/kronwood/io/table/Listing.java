package kronwood.io.table;

import java.util.List;

/** Names in messages: quoted, the first few only. */
public final class Listing {
  private static final int MOST = 10;
  private static final int LONGEST = 60;
  private static final int LONGEST_TEXT = 200;

  private Listing() {}

  /** {@code 'a', 'b', 'c'}, or the first ten and how many there are. */
  public static String of(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    StringBuilder text = new StringBuilder();
    for (String name : names.subList(0, Math.min(MOST, names.size()))) {
      text.append(text.isEmpty() ? "" : ", ").append(quoted(name));
    }
    if (names.size() > MOST) {
      text.append(", … (").append(names.size()).append(" in all)");
    }
    return text.toString();
  }

  /** {@code 'text'}, on one line and cut where it is long. */
  public static String quoted(String text) {
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    String line = printable(start);
    return line.length() > LONGEST || start.length() < text.length()
        ? "'" + line.substring(0, Math.min(LONGEST, line.length())) + "…'"
        : "'" + line + "'";
  }

  /** The text with its control characters, which could do things to a terminal, written out. */
  public static String printable(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\r' -> line.append("\\r");
        case '\n' -> line.append("\\n");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return line.toString();
  }

  /** The text on one line, cut where it is very long. */
  public static String shortened(String text) {
    String line = printable(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    return text.length() > LONGEST_TEXT ? line + "…" : line;
  }

  /** {@code 1 row}, {@code 2 rows}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
