package kronwood.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark came to.
 *
 * @param benchmark class and method
 * @param parameters values of its parameters, by name
 * @param time median over the iterations of the mean time of a call
 * @param unit unit of the time
 */
record Score(String benchmark, Map<String, String> parameters, double time, String unit) {
  private static final String SIDE = "side";

  /**
   * In {@code queryByScan}, the plain way of {@code query}, what follows the name of the latter.
   */
  private static final String PLAIN_SUFFIX = "By[A-Z]\\w*$";

  Score {
    parameters = Map.copyOf(parameters);
  }

  static Score of(RunResult result) {
    BenchmarkParams run = result.getParams();
    Map<String, String> parameters = new TreeMap<>();
    for (String key : run.getParamsKeys()) {
      parameters.put(key, run.getParam(key));
    }
    String[] name = run.getBenchmark().split("\\.", -1);
    return new Score(
        name[name.length - 2] + "." + name[name.length - 1],
        parameters,
        result.getPrimaryResult().getStatistics().getPercentile(50),
        result.getPrimaryResult().getScoreUnit());
  }

  /** One line for each pair whose both sides are there: both times and how many times faster. */
  static List<String> pairs(List<Score> scores) {
    List<String> lines = new ArrayList<>();
    for (Score fast : scores) {
      for (Score plain : scores) {
        if (plain.isPlainSideOf(fast)) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s %s: %.1f against %.1f %s, %.2f times as fast as %s (medians)",
                  fast.benchmark,
                  new TreeMap<>(fast.parameters),
                  fast.time,
                  plain.time,
                  fast.unit,
                  plain.time / fast.time,
                  plain.side()));
        }
      }
    }
    return lines;
  }

  private boolean isPlainSideOf(Score fast) {
    if ("scalar".equals(parameters.get(SIDE)) && "vector".equals(fast.parameters.get(SIDE))) {
      Map<String, String> asVector = new TreeMap<>(parameters);
      asVector.put(SIDE, "vector");
      return benchmark.equals(fast.benchmark) && asVector.equals(fast.parameters);
    }
    return !benchmark.equals(fast.benchmark)
        && benchmark.replaceFirst(PLAIN_SUFFIX, "").equals(fast.benchmark)
        && parameters.equals(fast.parameters);
  }

  private String side() {
    return parameters.getOrDefault(SIDE, benchmark);
  }
}
