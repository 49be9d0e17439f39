package kronwood.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;
import kronwood.input.TermPattern;
import kronwood.model.Model;
import kronwood.model.ModelTarget;
import kronwood.model.file.StoredModel;

/**
 * A model as an ONNX graph, which ONNX Runtime and other programs run without Kronwood.
 *
 * <p>For a mode called {@code left} the graph has one of these inputs, of N rows each:
 *
 * <pre>
 *   left_id     string [N]         the id of an entity that the model knows
 *   left        float [N, d]       its columns ({@link InputKind#ATTRIBUTES}), or its coordinates
 *   left_known  bool [N]           beside columns or coordinates, of a model whose parts count by
 *                                  setting: whether the entity occurs in its training samples
 * </pre>
 *
 * and the outputs {@code prediction}, float [N, C], and of an ensemble {@code prediction_sd}: what
 * {@code kronwood predict} writes, to about 1e-6 of its size. An id that the model does not know
 * makes them NaN, as a number does that is not finite.
 *
 * <p>Operators are those of version 13, of {@code ai.onnx.ml} those of version 2. Coordinates of
 * attributes, and what becomes of outputs, are computed in double precision, all else in single. A
 * row needs {@link #bytesPerRow}.
 */
public final class OnnxExport {
  /** Messages of Protocol Buffers have at most 2 GiB; above this, weights have their own file. */
  private static final long MOST_BYTES_IN_GRAPH = 1_500_000_000L;

  private final Model model;
  private final OnnxGraph graph;

  private OnnxExport(Model model, OnnxGraph graph) {
    this.model = model;
    this.graph = graph;
  }

  /**
   * The graph of a model.
   *
   * @param kinds for each mode what the graph takes of its entities; modes of the same name and
   *     table must agree
   * @throws InputException if a table's map cannot be part of a graph, the structure needs ids, or
   *     another network predicts where an entity is new
   */
  public static OnnxExport of(StoredModel stored, List<InputKind> kinds) {
    Model model = stored.model();
    if (kinds.size() != model.modeNames().size()) {
      throw new InputException(
          kinds.size() + " kinds of inputs for the modes " + model.modeNames());
    }
    if (model.network().entries() != null) {
      throw new InputException(
          "the model has weights of single pairs of identities: an ONNX graph cannot hold them;"
              + " predict with Kronwood, or train with dense coordinates (--id-coordinates dense)");
    }
    if (model.others() != null) {
      throw new InputException(
          "the model compares entities by their interactions, and has another network for pairs"
              + " with new entities: a graph holds one network only");
    }
    OnnxExport export = new OnnxExport(model, PredictionNodes.of(model, kinds));
    export.addFacts(stored.sha256(), kinds);
    return export;
  }

  private void addFacts(String sha256, List<InputKind> kinds) {
    ModelTarget target = model.target();
    graph.metadata("sha256", sha256);
    graph.metadata("modes", JsonText.list(model.modeNames()));
    graph.metadata("inputs", JsonText.list(kinds.stream().map(InputKind::key).toList()));
    EntityNodes names = new EntityNodes(model, graph);
    for (int mode = 0; mode < kinds.size(); mode++) {
      if (kinds.get(mode) == InputKind.ATTRIBUTES) {
        graph.metadata(
            "columns." + names.name(mode),
            JsonText.list(AttributeNodes.columns(model.table(mode))));
      }
    }
    graph.metadata("target", JsonText.list(target.names()));
    graph.metadata("classes", JsonText.list(target.classes()));
    graph.metadata(
        "prediction",
        switch (target.loss().task()) {
          case REGRESSION -> "a number for each target, in its unit";
          case BINARY -> "the probability of class " + target.classes().getLast();
          case MULTICLASS -> "the probability of each class";
        });
    graph.metadata("loss", target.loss().key());
    graph.metadata("structure", model.form().structure().key());
    graph.metadata("unknown_id", "NaN");
    graph.metadata("bytes_per_row", Long.toString(bytesPerRow()));
  }

  /** The inputs of the graph. */
  public List<OnnxValue> inputs() {
    return graph.inputs();
  }

  /** The outputs of the graph. */
  public List<OnnxValue> outputs() {
    return graph.outputs();
  }

  /**
   * Memory that a row of a batch takes, in bytes, about: the products of coordinates for each term
   * and their sum, and the neurons' pre-activations.
   */
  public long bytesPerRow() {
    long dimension = model.network().weights()[0].length;
    int terms = TermPattern.of(model.form().structure(), model.tableOfMode()).count();
    int axes = model.ranks().length;
    long inputs = axes == 1 && terms == 1 ? 0 : dimension * (terms == 1 ? 1 : terms + 1);
    return Float.BYTES * (inputs + 3L * model.network().neurons());
  }

  /**
   * Writes the graph. A file appears, or is replaced, in one step. Weights of more than 1.5 GB are
   * written to a file of their own in the same folder, called like this one with the ending {@code
   * .weights.bin}, and the graph refers to it.
   *
   * @return the files, the graph first
   * @throws InputException if the ids of the entities alone are more than the format can hold
   * @throws IOException if writing fails
   */
  public List<Path> write(Path file) throws IOException {
    return write(file, MOST_BYTES_IN_GRAPH);
  }

  List<Path> write(Path file, long mostBytesInGraph) throws IOException {
    List<Path> files = new ArrayList<>(List.of(file));
    String weights = "";
    if (graph.constantBytes() > mostBytesInGraph) {
      weights = String.valueOf(file.getFileName()).replaceFirst("\\.onnx$", "") + ".weights.bin";
      Path beside = file.resolveSibling(weights);
      write(beside, graph::writeWeights);
      files.add(beside);
    }
    ProtoMessage message = graph.model("Kronwood", description(), weights);
    if (message.size() > Integer.MAX_VALUE) {
      throw new InputException(
          "the graph takes "
              + message.size()
              + " bytes without its weights, an ONNX file holds at most "
              + Integer.MAX_VALUE
              + ": there are too many ids, export coordinates instead");
    }
    write(file, message::writeTo);
    return files;
  }

  private String description() {
    return String.join(", ", model.target().names())
        + " from "
        + String.join(" and ", model.modeNames());
  }

  private static void write(Path file, ProtoMessage.Body body) throws IOException {
    AtomicFile.make(
        file,
        made -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(made), 1 << 16)) {
            body.writeTo(out);
          }
        });
  }

  /** Bytes of all constants of the graph. */
  public long weightBytes() {
    return graph.constantBytes();
  }
}
