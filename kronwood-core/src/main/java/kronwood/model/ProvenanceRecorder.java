package kronwood.model;

import java.util.LinkedHashMap;
import java.util.Map;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.math.Kernels;
import kronwood.measure.MetricReport;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/** Writes down how a model came about. */
final class ProvenanceRecorder {
  private ProvenanceRecorder() {}

  static Provenance record(
      Dataset data, Split split, ModelOptions options, TrainingResult result) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kronwood", version());
    facts.put("java", Runtime.version().toString());
    facts.put("kernels", Kernels.active().description());
    TrainingOptions training = options.training();
    facts.put("threads", Integer.toString(training.threads()));
    facts.put("data", DataDigest.of(data, split));
    facts.put("loss", options.loss().toString());
    facts.put("gram", options.gram().toString());
    facts.put("network", options.network().toString());
    facts.put("training", training.toString());
    facts.put("plan", result.plan().summary());
    facts.put("learning rate", Double.toString(result.learningRate()));
    facts.put("epochs finished", Integer.toString(result.epochs().size()));
    facts.put("work", result.work().toString());
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    put(metrics, "train", result.train());
    put(metrics, "validation", result.validation());
    put(metrics, "test", result.test());
    return new Provenance(facts, metrics);
  }

  private static void put(
      Map<String, Map<String, Double>> metrics, String part, @Nullable MetricReport report) {
    if (report != null) {
      Map<String, Double> values = new LinkedHashMap<>();
      report.values().forEach((metric, value) -> values.put(metric.key(), value));
      metrics.put(part, values);
    }
  }

  private static String version() {
    String version = ProvenanceRecorder.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
