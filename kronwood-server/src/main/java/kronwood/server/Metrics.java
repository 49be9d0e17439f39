package kronwood.server;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What the service counts, in Prometheus's text format. Thread-safe. */
final class Metrics {
  /** The type of the text. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Upper bounds in seconds. */
  private static final double[] BOUNDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, Durations> durations = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> reloads = new ConcurrentSkipListMap<>();
  private final LongAdder predictions = new LongAdder();

  private static final class Durations {
    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Durations() {
      Arrays.setAll(counts, _ -> new LongAdder());
    }

    void add(long elapsed) {
      int bucket = 0;
      while (bucket < BOUNDS.length && elapsed > BOUNDS[bucket] * 1e9) {
        bucket++;
      }
      counts[bucket].increment();
      nanos.add(elapsed);
    }
  }

  Metrics() {
    reloads.put("loaded", new LongAdder());
    reloads.put("refused", new LongAdder());
  }

  /** Counts a request that was answered. */
  void request(String route, int status, long nanos) {
    String labels = "route=\"" + route + "\",code=\"" + status + "\"";
    requests.computeIfAbsent(labels, _ -> new LongAdder()).increment();
    durations.computeIfAbsent(route, _ -> new Durations()).add(nanos);
  }

  /** Counts rows that were predicted. */
  void predictions(long rows) {
    predictions.add(rows);
  }

  /** Counts a model file that was read, or refused. */
  void reload(boolean loaded) {
    reloads.computeIfAbsent(loaded ? "loaded" : "refused", _ -> new LongAdder()).increment();
  }

  /** All counts. */
  String text(String sha256, int waiting) {
    StringBuilder text = new StringBuilder(4096);
    head(text, "kronwood_requests_total", "counter", "Requests that were answered.");
    requests.forEach((labels, count) -> line(text, "kronwood_requests_total", labels, count.sum()));
    String duration = "kronwood_request_duration_seconds";
    head(text, duration, "histogram", "From the first byte of a request to its answer.");
    durations.forEach((route, all) -> append(text, duration, route, all));
    head(text, "kronwood_predictions_total", "counter", "Rows that were predicted.");
    line(text, "kronwood_predictions_total", "", predictions.sum());
    head(text, "kronwood_queue_length", "gauge", "Requests that wait for a prediction thread.");
    line(text, "kronwood_queue_length", "", waiting);
    head(text, "kronwood_model_info", "gauge", "The model that answers.");
    line(text, "kronwood_model_info", "sha256=\"" + sha256 + "\"", 1);
    head(text, "kronwood_model_reloads_total", "counter", "Model files read after the first.");
    new TreeMap<>(reloads)
        .forEach(
            (result, count) ->
                line(
                    text,
                    "kronwood_model_reloads_total",
                    "result=\"" + result + "\"",
                    count.sum()));
    return text.toString();
  }

  private static void append(StringBuilder text, String name, String route, Durations all) {
    String label = "route=\"" + route + "\"";
    long sum = 0;
    for (int bucket = 0; bucket <= BOUNDS.length; bucket++) {
      sum += all.counts[bucket].sum();
      String bound = bucket < BOUNDS.length ? Double.toString(BOUNDS[bucket]) : "+Inf";
      line(text, name + "_bucket", label + ",le=\"" + bound + "\"", sum);
    }
    text.append(name).append("_sum{").append(label).append("} ");
    text.append(all.nanos.sum() * 1e-9).append('\n');
    line(text, name + "_count", label, sum);
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, long value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }
}
