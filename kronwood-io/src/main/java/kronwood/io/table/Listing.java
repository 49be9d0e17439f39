package kronwood.io.table;

import java.util.List;

/** Names in messages: quoted, the first few only. */
public final class Listing {
  private static final int MOST = 10;
  private static final int LONGEST = 60;

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
    String line = text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    if (line.length() > LONGEST) {
      line = line.substring(0, LONGEST) + "…";
    }
    return "'" + line + "'";
  }

  /** {@code 1 row}, {@code 2 rows}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
