package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.FeatureKernel;
import kronwood.data.SparseFeatures;
import kronwood.gram.BlocksMap;
import kronwood.gram.DirectFeatureMap;
import kronwood.gram.FeatureBlockMap;
import kronwood.gram.ProfileBlockMap;
import kronwood.gram.SimilarityMap;
import kronwood.input.InputForm;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v7-profiles.kron}, a file that every future Kronwood must read: it
 * compares left entities by interactions, and another one predicts where an entity is new.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenProfiles {
  private ModelFileGoldenProfiles() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  static Model model() {
    BlocksMap blocks =
        new BlocksMap(
            List.of(
                FeatureBlockMap.of(
                    "features",
                    1,
                    0.5,
                    FeatureKernel.LINEAR,
                    1,
                    new double[1],
                    DenseFeatures.of(2, 1, new float[] {1, -1})),
                new ProfileBlockMap(
                    FeatureBlockMap.of(
                        "profile",
                        1,
                        2,
                        FeatureKernel.LINEAR,
                        1,
                        new double[2],
                        SparseFeatures.of(
                            2, new int[] {0, 1, 3}, new int[] {0, 0, 1}, new float[] {1, 1, 1})))),
            new SimilarityMap(2, new double[] {1, 0, 0, 1}, new double[2], 0));
    Model known =
        model(
            new ModelTable(
                "left",
                EntityIds.of(List.of("a", "b")),
                List.of("f1"),
                blocks,
                new float[] {1, 2, -1, 0.5f},
                new int[] {0, 1}),
            new ModelNetwork(0.25, new float[][] {{1, 0}, {0, 1}}, new float[] {1, -1}));
    Model others =
        model(
            new ModelTable(
                "left",
                EntityIds.of(List.of("a", "b")),
                List.of("f1"),
                new DirectFeatureMap(new double[1], new int[] {0}, 1, 0),
                new float[] {2, -1},
                new int[] {0, 1}),
            new ModelNetwork(0.25, new float[][] {{1}, {-1}}, new float[] {1, 1}));
    return known.withOthers(others);
  }

  private static Model model(ModelTable left, ModelNetwork network) {
    return new Model(
        List.of("left", "right"),
        new int[] {0, 1},
        List.of(
            left,
            new ModelTable(
                "right",
                EntityIds.of(List.of("p", "q")),
                List.of("f1"),
                new DirectFeatureMap(new double[1], new int[] {0}, 1, 0),
                new float[] {0.5f, -1},
                new int[] {0})),
        InputForm.PLAIN,
        network,
        new ModelTarget(
            new SquaredLoss(), List.of("y"), List.of(), new double[] {1}, new double[] {2}),
        new Provenance(Map.of("made", "by hand"), Map.of()));
  }
}
