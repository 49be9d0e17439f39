package kronwood.io.table;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that a mistyped one most likely stands for. */
public final class ClosestName {
  /** Names beyond this are not compared; a suggestion is not worth minutes. */
  private static final int MOST_COMPARED = 200_000;

  private ClosestName() {}

  /**
   * The name that differs from {@code wanted} only in case, surrounding spaces or leading zeros,
   * else the nearest in edit distance up to a quarter of its length, else null.
   */
  public static @Nullable String of(String wanted, Collection<String> names) {
    String plain = plain(wanted);
    String closest = null;
    int limit = Math.max(1, wanted.length() / 4);
    int compared = 0;
    for (String name : names) {
      if (compared++ == MOST_COMPARED) {
        break;
      }
      if (plain(name).equals(plain) && !plain.isEmpty()) {
        return name;
      }
      int distance = distance(wanted, name, limit);
      if (distance <= limit && distance < name.length()) {
        closest = name;
        limit = distance - 1;
      }
    }
    return closest;
  }

  private static String plain(String name) {
    String text = name.strip().toLowerCase(Locale.ROOT);
    int zeros = 0;
    while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
      zeros++;
    }
    return text.substring(zeros);
  }

  /** Levenshtein distance, or more than {@code limit} as soon as it is known to be. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        return limit + 1;
      }
    }
    return row[b.length()];
  }
}
