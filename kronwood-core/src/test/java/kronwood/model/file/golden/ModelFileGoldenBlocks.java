package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.FeatureKernel;
import kronwood.data.SparseFeatures;
import kronwood.encode.EncoderState;
import kronwood.encode.Encoders;
import kronwood.gram.BlocksMap;
import kronwood.gram.EncodedBlockMap;
import kronwood.gram.FeatureBlockMap;
import kronwood.gram.IdentityBlockMap;
import kronwood.gram.SimilarityBlockMap;
import kronwood.gram.SimilarityMap;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v2-blocks.kron}, a file that every future Kronwood must read: one mode
 * of a table with a block of each kind and an encoder of each type.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenBlocks {
  private ModelFileGoldenBlocks() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  static Model model() {
    ModelTable table =
        new ModelTable(
            "left",
            EntityIds.of(List.of("a", "b", "c")),
            List.of("mass", "kind", "note", "dna", "list", "f1", "f2", "a", "c", "a", "c"),
            new BlocksMap(
                List.of(
                    numeric(),
                    categorical(),
                    text(),
                    sequence(),
                    vector(),
                    gaussian(),
                    new SimilarityBlockMap("similarity 1", 1, 0.5, 2),
                    new IdentityBlockMap(0.25, 0.125, 2)),
                new SimilarityMap(2, new double[] {1, -0.5, 0.25, 2}, new double[] {0.5, -1}, 0.5)),
            new float[] {1, 0.5f, 0.5f, -2, 1, 0.5f, 0, 3, 0.5f});
    return new Model(
        List.of("left"),
        new int[] {0},
        List.of(table),
        new ModelNetwork(0.125, new float[][] {{1, 0.5f, -1}, {-0.5f, 1, 2}}, new float[] {1, -1}),
        new ModelTarget(
            new SquaredLoss(), List.of("y"), List.of(), new double[] {3}, new double[] {2}),
        new Provenance(Map.of("made", "by hand"), Map.of()));
  }

  private static EncodedBlockMap encoded(
      EncoderState state, double scale, FeatureKernel kernel, FeatureBlockMap features) {
    return new EncodedBlockMap(
        Encoders.restore(state),
        FeatureBlockMap.of(
            features.name(),
            features.weight(),
            scale,
            kernel,
            features.bandwidth(),
            features.centre(),
            features.references()));
  }

  private static FeatureBlockMap dense(String name, int columns, float... values) {
    return FeatureBlockMap.of(
        name,
        1,
        1,
        FeatureKernel.LINEAR,
        1,
        new double[columns],
        DenseFeatures.of(2, columns, values));
  }

  private static FeatureBlockMap sparse(String name, int columns, int[] column, float... values) {
    return FeatureBlockMap.of(
        name,
        1,
        1,
        FeatureKernel.LINEAR,
        1,
        new double[columns],
        SparseFeatures.of(columns, new int[] {0, 1, 2}, column, values));
  }

  private static EncodedBlockMap numeric() {
    EncoderState state = new EncoderState("numeric", Map.of(), List.of(), new double[] {2, 4, 1});
    return encoded(state, 0.5, FeatureKernel.LINEAR, dense("mass", 2, 1, 0, -0.5f, 1));
  }

  private static EncodedBlockMap categorical() {
    EncoderState state =
        new EncoderState("categorical", Map.of(), List.of("röd", "blå"), new double[0]);
    return encoded(state, 2, FeatureKernel.LINEAR, sparse("kind", 2, new int[] {1, 0}, 1, 1));
  }

  private static EncodedBlockMap text() {
    EncoderState state =
        new EncoderState(
            "text",
            Map.of("words", "1", "characters", "3", "case", "ignore", "terms", "2"),
            List.of("red", "sky", "sky"),
            new double[] {3, 4, 1.5});
    return encoded(state, 1, FeatureKernel.COSINE, sparse("note", 3, new int[] {0, 2}, 1, 0.5f));
  }

  private static EncodedBlockMap sequence() {
    EncoderState state =
        new EncoderState("sequence", Map.of("alphabet", "dna", "k", "1"), List.of(), new double[0]);
    return encoded(state, 1, FeatureKernel.TANIMOTO, dense("dna", 4, 1, 2, 0, 1, 0, 0, 2, 2));
  }

  private static EncodedBlockMap vector() {
    EncoderState state =
        new EncoderState("vector", Map.of("length", "2"), List.of(), new double[0]);
    return encoded(state, 0.25, FeatureKernel.LINEAR, dense("list", 2, 1, 2, -1, 0));
  }

  private static FeatureBlockMap gaussian() {
    return FeatureBlockMap.of(
        "features",
        2,
        1,
        FeatureKernel.GAUSSIAN,
        2,
        new double[] {1, -1},
        DenseFeatures.of(2, 2, new float[] {1, 0, 3, 4}));
  }
}
