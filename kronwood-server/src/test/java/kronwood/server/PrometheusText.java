package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus's text format, and fails for what it does not allow. */
final class PrometheusText {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-zA-Z_]\\w*=\"[^\"\\n"
              + "]*\"(,[a-zA-Z_]\\w*=\"[^\"\\n"
              + "]*\")*\\})? (\\S+)");

  private PrometheusText() {}

  static Map<String, Double> of(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    assertTrue(text.endsWith("\n"), "the last line ends");
    for (String line : text.split("\n")) {
      if (line.startsWith("#")) {
        assertTrue(line.matches("# (HELP|TYPE) [a-z_]+ .+"), line);
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        String labels = sample.group(2) == null ? "" : sample.group(2);
        samples.put(sample.group(1) + labels, Double.valueOf(sample.group(4)));
      }
    }
    return samples;
  }
}
