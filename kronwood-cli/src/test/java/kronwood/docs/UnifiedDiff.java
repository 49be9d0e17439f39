package kronwood.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A change of text files in the unified format. A hunk applies where its old lines stand to the
 * letter, once and not before the hunk above it; the line numbers of the hunk do not count.
 */
final class UnifiedDiff {
  /**
   * A stretch of a file.
   *
   * @param before its lines as they were
   * @param after its lines as they become
   */
  private record Hunk(List<String> before, List<String> after) {}

  private final Map<String, List<Hunk>> hunks = new LinkedHashMap<>();
  private final List<String> created = new ArrayList<>();

  private UnifiedDiff() {}

  static UnifiedDiff parse(String text) {
    UnifiedDiff diff = new UnifiedDiff();
    List<Hunk> ofFile = new ArrayList<>();
    boolean isNew = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("--- ")) {
        isNew = line.equals("--- /dev/null");
      } else if (line.startsWith("+++ b/")) {
        String file = line.substring(6);
        ofFile = new ArrayList<>();
        diff.hunks.put(file, ofFile);
        if (isNew) {
          diff.created.add(file);
        }
      } else if (line.startsWith("@@ ")) {
        ofFile.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
      } else if (line.startsWith("+")) {
        ofFile.getLast().after().add(line.substring(1));
      } else if (line.startsWith("-")) {
        ofFile.getLast().before().add(line.substring(1));
      } else if (line.startsWith(" ")) {
        ofFile.getLast().before().add(line.substring(1));
        ofFile.getLast().after().add(line.substring(1));
      } else {
        throw new IllegalArgumentException("no line of a diff: '" + line + "'");
      }
    }
    return diff;
  }

  /** Files that it makes. */
  List<String> created() {
    return created;
  }

  /** Files that it changes. */
  List<String> changed() {
    return hunks.keySet().stream().filter(file -> !created.contains(file)).toList();
  }

  /**
   * The files as they become.
   *
   * @param text what a file holds; asked of changed files only
   * @throws IllegalArgumentException if old lines of a hunk are not in their file exactly once
   */
  Map<String, String> apply(Function<String, String> text) {
    Map<String, String> patched = new LinkedHashMap<>();
    hunks.forEach(
        (file, ofFile) -> {
          List<String> lines = new ArrayList<>();
          if (!created.contains(file)) {
            lines.addAll(text.apply(file).lines().toList());
          }
          int from = 0;
          for (Hunk hunk : ofFile) {
            int at = find(file, lines, hunk.before(), from);
            List<String> old = lines.subList(at, at + hunk.before().size());
            old.clear();
            old.addAll(hunk.after());
            from = at + hunk.after().size();
          }
          patched.put(file, String.join("\n", lines) + "\n");
        });
    return patched;
  }

  private static int find(String file, List<String> lines, List<String> wanted, int from) {
    int found = -1;
    for (int at = from; at + wanted.size() <= lines.size() && !wanted.isEmpty(); at++) {
      if (lines.subList(at, at + wanted.size()).equals(wanted)) {
        if (found >= 0) {
          throw new IllegalArgumentException(
              file + " has these lines twice:\n" + String.join("\n", wanted));
        }
        found = at;
      }
    }
    if (found < 0 && !wanted.isEmpty()) {
      throw new IllegalArgumentException(
          file + " no longer has these lines:\n" + String.join("\n", wanted));
    }
    return Math.max(found, 0);
  }
}
