package kronwood.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output as a page shows it, compared with what a command prints. Runs of blanks count as one. A
 * line {@code …} stands for any lines, {@code …} within a line for any text. Seconds, sizes in
 * memory, speeds and numbers of things at a time may differ.
 */
final class ShownOutput {
  private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,]*(?:\\.\\d+)?(?:e[-+]\\d+)?");
  private static final Pattern PART =
      Pattern.compile(
          "(?<any>…)|(?<varying>\\d[\\d.,]* ?(?:s|ms|kB|MB|GB|samples/s|at a time)\\b|\\d+:\\d\\d"
              + " left)|(?<number>"
              + NUMBER.pattern()
              + ")|(?<blanks>\\s+)");

  private final List<String> shown;
  private final double tolerance;

  /**
   * @param tolerance by which numbers may differ, as a share of the larger one
   */
  ShownOutput(List<String> shown, double tolerance) {
    this.shown = shown.stream().map(String::strip).toList();
    this.tolerance = tolerance;
  }

  /** The first line that is shown and was not printed, or printed and not shown. */
  Optional<String> difference(String printed) {
    List<String> lines = printed.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    List<String> expected = shown.stream().filter(line -> !line.isEmpty()).toList();
    int at = 0;
    boolean skipping = false;
    for (String line : expected) {
      if (line.equals("…")) {
        skipping = true;
        continue;
      }
      while (skipping && at < lines.size() && !matches(line, lines.get(at))) {
        at++;
      }
      if (at == lines.size()) {
        return Optional.of("shown, but not printed: " + line);
      }
      if (!matches(line, lines.get(at))) {
        return Optional.of("shown:   " + line + "\nprinted: " + lines.get(at));
      }
      at++;
      skipping = false;
    }
    return skipping || at == lines.size()
        ? Optional.empty()
        : Optional.of("printed, but not shown: " + lines.get(at));
  }

  /**
   * What is to be shown instead: the lines that were printed, with the same ones left out. Those
   * after a line {@code …} begin with the printed line that starts with the same words.
   */
  List<String> renewed(String printed) {
    List<String> lines = printed.lines().toList();
    List<String> renewed = new ArrayList<>();
    int at = 0;
    int i = 0;
    while (i < shown.size()) {
      if (shown.get(i).equals("…")) {
        renewed.add("…");
        i++;
        continue;
      }
      int end = i;
      while (end < shown.size() && !shown.get(end).equals("…")) {
        end++;
      }
      boolean toTheEnd = end == shown.size();
      if (i > 0) {
        String words = words(shown.get(i));
        int from = toTheEnd ? Math.max(at, lines.size() - (end - i)) : at;
        while (from < lines.size() - 1 && !words(lines.get(from)).equals(words)) {
          from++;
        }
        at = from;
      }
      int to = toTheEnd ? lines.size() : Math.min(lines.size(), at + end - i);
      renewed.addAll(lines.subList(Math.min(at, to), to));
      at = to;
      i = end;
    }
    return renewed;
  }

  private static String words(String line) {
    return line.strip().replaceFirst("[\\d-].*", "").strip();
  }

  private boolean matches(String expected, String printed) {
    StringBuilder pattern = new StringBuilder();
    List<Double> numbers = new ArrayList<>();
    Matcher part = PART.matcher(expected);
    int end = 0;
    while (part.find()) {
      pattern.append(Pattern.quote(expected.substring(end, part.start())));
      if (part.group("any") != null) {
        pattern.append(".*");
      } else if (part.group("varying") != null) {
        String text = part.group();
        String unit = text.replaceFirst("^\\d[\\d.,]*(:\\d\\d)?", "");
        pattern.append(text.contains(":") ? "\\d+:\\d\\d" : "\\d[\\d.,]*");
        pattern.append(Pattern.quote(unit));
      } else if (part.group("blanks") != null) {
        pattern.append("\\s+");
      } else if (tolerance == 0) {
        pattern.append(Pattern.quote(part.group()));
      } else {
        pattern.append('(').append(NUMBER.pattern()).append(')');
        numbers.add(value(part.group()));
      }
      end = part.end();
    }
    pattern.append(Pattern.quote(expected.substring(end)));
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(printed);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (!close(numbers.get(i), value(matcher.group(i + 1)))) {
        return false;
      }
    }
    return true;
  }

  private boolean close(double a, double b) {
    return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
  }

  private static double value(String number) {
    return Double.parseDouble(number.replace(",", ""));
  }
}
