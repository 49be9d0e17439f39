package kronwood.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kronwood.data.ChunkShuffle;
import kronwood.data.Dataset;
import kronwood.data.Mode;
import kronwood.data.feed.SplitPart;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityCoordinates;
import kronwood.input.PairStructure;
import kronwood.loss.HuberLoss;
import kronwood.loss.RunningEvaluation;
import kronwood.math.kernel.Kernels;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import kronwood.model.Provenance;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.state.StateLayout;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;

/** Writes down how a model came about. */
final class ProvenanceRecorder {
  private ProvenanceRecorder() {}

  /**
   * Writes down a training.
   *
   * @param data modes and tables
   * @param digest of all data
   * @param problem what was trained on
   */
  static Provenance record(
      Dataset data,
      String digest,
      TrainingProblem problem,
      ModelOptions options,
      TrainingResult result,
      List<ModelTable> tables) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kronwood", version());
    facts.put("java", Runtime.version().toString());
    facts.put("kernels", Kernels.active().description());
    facts.put("data", digest);
    for (ModelTable table : tables) {
      facts.put("table " + table.name(), blocks(table));
    }
    if (tables.stream().allMatch(ModelTable::isSparse)) {
      facts.put("identity coordinates", IdentityCoordinates.SPARSE.key());
    }
    List<String> modes = data.modes().stream().map(Mode::name).toList();
    Map<String, Integer> components = new TreeMap<>();
    for (int t = 0; t < data.tables().size(); t++) {
      components.putAll(TrainingInputs.gram(data, t, options).components());
    }
    putOptions(
        facts, options, options.structure().axisNames(modes, data.tableOfMode()), components);
    putEnsemble(facts, options.network().ensemble(), data.modes());
    facts.put("plan", result.course().plan().summary());
    facts.put("step size", Double.toString(result.course().learningRate()));
    if (!result.course().loweredStep().isEmpty()) {
      facts.put("step size lowered", result.course().loweredStep());
    }
    facts.put("samples per step", Integer.toString(result.course().batch()));
    if (!result.course().linearStart().isEmpty()) {
      facts.put("linear skip started from", result.course().linearStart());
    }
    facts.put("epochs finished", Integer.toString(result.course().epochsFinished()));
    facts.put("network of epoch", Integer.toString(result.course().epoch()));
    facts.put("samples trained on", Long.toString(result.course().work().samples()));
    putStretches(facts, problem);
    return new Provenance(facts, result.metrics().byPart());
  }

  /** What is different of samples that come window by window. */
  private static void putStretches(Map<String, String> facts, TrainingProblem problem) {
    ChunkShuffle shuffle = problem.shuffle();
    if (shuffle == null) {
      return;
    }
    facts.put(
        "order of pairs",
        "windows of %d chunks of %d".formatted(shuffle.window(), shuffle.chunk()));
    for (SplitPart part : SplitPart.values()) {
      int size = problem.feed().size(part);
      if (RunningEvaluation.isSampled(size)) {
        facts.put(
            "ranking metrics of " + part.name().toLowerCase(Locale.ROOT),
            "of %d of %d pairs".formatted(RunningEvaluation.SAMPLED, size));
      }
    }
  }

  private static void putEnsemble(Map<String, String> facts, Ensemble ensemble, List<Mode> modes) {
    if (ensemble.isSeveral()) {
      facts.put("ensemble", Integer.toString(ensemble.members()));
    }
    if (!ensemble.hiddenModes().isEmpty()) {
      facts.put(
          "hidden by",
          ensemble.hiddenModes().stream()
              .map(mode -> modes.get(mode).name())
              .collect(Collectors.joining(", ")));
    }
  }

  /** What entities are compared by: {@code features linear + identity of weight 0.5}. */
  private static String blocks(ModelTable table) {
    return table.blocks().stream()
        .map(
            block ->
                block.name()
                    + (block.kind() == ModelBlock.Kind.IDENTITY ? "" : " " + block.description())
                    + (block.weight() == 1 ? "" : " of weight " + block.weight()))
        .collect(Collectors.joining(" + "));
  }

  /**
   * Every option by name, so that the same training can be asked for again.
   *
   * @param axes names of the modes along the axes of the product
   * @param components of the tables
   */
  private static void putOptions(
      Map<String, String> facts,
      ModelOptions options,
      List<String> axes,
      Map<String, Integer> components) {
    GramOptions gram = options.gram();
    facts.put("centre", Boolean.toString(gram.centre()));
    facts.put("constant", Double.toString(gram.constant()));
    facts.put("tolerance", Double.toString(gram.tolerance()));
    components.forEach((table, count) -> facts.put("components of " + table, count.toString()));
    if (options.structure() != PairStructure.PLAIN) {
      facts.put("structure", options.structure().key());
    }
    facts.put("loss", options.loss().key());
    if (options.loss() instanceof HuberLoss huber) {
      facts.put("huber delta", Double.toString(huber.delta()));
    }
    NetworkOptions network = options.network();
    facts.put("neurons", Integer.toString(network.neurons()));
    facts.put("shift", Double.toString(network.shift()));
    facts.put("paired", Boolean.toString(network.paired()));
    facts.put("train output", Boolean.toString(network.trainOutput()));
    facts.put("skip", Double.toString(network.skip()));
    facts.put("seed", Long.toString(network.seed()));
    TrainingOptions training = options.training();
    facts.put(
        "batch",
        training.batch() == TrainingOptions.AUTO_BATCH
            ? "auto"
            : Integer.toString(training.batch()));
    facts.put("epochs", Integer.toString(training.epochs()));
    OptionalDouble learningRate = training.learningRate();
    facts.put(
        "learning rate",
        learningRate.isPresent() ? Double.toString(learningRate.getAsDouble()) : "auto");
    facts.put("weight decay", Double.toString(training.weightDecay()));
    facts.put("momentum", Double.toString(training.momentum()));
    facts.put(
        "averaging",
        training.averaging() == TrainingOptions.NO_AVERAGING
            ? "none"
            : Integer.toString(training.averaging()));
    facts.put("patience", Integer.toString(training.patience()));
    facts.put("engine", training.engine().engine().key());
    facts.put("precision", training.engine().precision().key());
    StateLayout layout = training.engine().layout();
    if (layout != null) {
      facts.put("forced plan", layout.named(axes));
    }
    facts.put("threads", Integer.toString(training.threads()));
  }

  static String version() {
    String version = ProvenanceRecorder.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
