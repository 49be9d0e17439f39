package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.gram.DirectFeatureMap;
import kronwood.loss.SquaredLoss;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v3-ensemble.kron}, a file that every future Kronwood must read: an
 * ensemble of two members of two neurons each, with a linear skip.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenEnsemble {
  private ModelFileGoldenEnsemble() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  static Model model() {
    ModelTable table =
        new ModelTable(
            "item",
            EntityIds.of(List.of("a", "b")),
            List.of("f", "g"),
            new DirectFeatureMap(new double[2], new int[] {0, 1}, 1, 0),
            new float[] {1, 2, -1, 0.5f});
    return new Model(
        List.of("item"),
        new int[] {0},
        List.of(table),
        new ModelNetwork(
            0.5,
            new float[][] {{1, 0}, {0, 1}, {1, 1}, {-2, 0}},
            new float[] {1, -1, 1, 1},
            new float[][] {{0.5f, 0}, {0, -1}},
            2),
        new ModelTarget(
            new SquaredLoss(),
            List.of("y"),
            List.of(),
            new double[] {10, 11},
            new double[] {2, 4},
            List.of(new SpreadCalibration(1.5, 0.25))),
        new Provenance(Map.of("made", "by hand"), Map.of()));
  }
}
