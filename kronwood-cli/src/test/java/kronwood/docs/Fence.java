package kronwood.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown page.
 *
 * @param line number of the line that opens it, from 1 on
 * @param language what follows the opening back-ticks, such as {@code sh}
 * @param marks texts of the HTML comments directly above it, each on a line of its own
 * @param lines its content
 * @param heading number of headings above it, by which fences of one section are known
 */
record Fence(int line, String language, List<String> marks, List<String> lines, int heading) {
  private static final Pattern OPENING = Pattern.compile("( *)```+ *(\\S*).*");
  private static final Pattern MARK = Pattern.compile(" *<!-- *(.*?) *--> *");

  /** All fences of a page. */
  static List<Fence> of(List<String> page) {
    List<Fence> fences = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    int headings = 0;
    int i = 0;
    while (i < page.size()) {
      String text = page.get(i++);
      Matcher opening = OPENING.matcher(text);
      Matcher mark = MARK.matcher(text);
      if (opening.matches()) {
        int first = i;
        List<String> lines = new ArrayList<>();
        while (i < page.size() && !page.get(i).strip().equals("```")) {
          lines.add(withoutIndent(page.get(i++), opening.group(1)));
        }
        i++;
        fences.add(new Fence(first, opening.group(2), List.copyOf(marks), lines, headings));
        marks.clear();
      } else if (mark.matches()) {
        marks.add(mark.group(1));
      } else if (!text.isBlank()) {
        marks.clear();
        headings += text.startsWith("#") ? 1 : 0;
      }
    }
    return fences;
  }

  private static String withoutIndent(String line, String indent) {
    return line.startsWith(indent) ? line.substring(indent.length()) : line;
  }

  boolean isShell() {
    return language.equals("sh");
  }

  /** Whether it shows what a command prints. */
  boolean isOutput() {
    return language.isEmpty() || language.equals("text") || language.equals("json");
  }

  /** What follows a mark, such as the reason in {@code not run: reason}. */
  Optional<String> mark(String name) {
    return marks.stream()
        .filter(mark -> mark.startsWith(name))
        .map(mark -> mark.substring(name.length()).strip())
        .findFirst();
  }
}
