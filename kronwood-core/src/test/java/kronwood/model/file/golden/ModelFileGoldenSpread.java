package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.gram.DirectFeatureMap;
import kronwood.input.InputForm;
import kronwood.loss.SquaredLoss;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.SettingWeights;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v9-spread.kron}, a file that every future Kronwood must read: an
 * ensemble of two neurons, the spread between which says something else in each setting.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenSpread {
  private ModelFileGoldenSpread() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  static Model model() {
    return new Model(
        List.of("left", "right"),
        new int[] {0, 1},
        List.of(
            new ModelTable(
                "left",
                EntityIds.of(List.of("a", "b")),
                List.of("f1", "f2"),
                new DirectFeatureMap(new double[2], new int[] {0, 1}, 1, 0),
                new float[] {2, 1, -1, 0.5f},
                new int[] {0}),
            new ModelTable(
                "right",
                EntityIds.of(List.of("p", "q")),
                List.of("f1"),
                new DirectFeatureMap(new double[1], new int[] {0}, 1, 0),
                new float[] {0.5f, -1},
                new int[] {1})),
        InputForm.PLAIN,
        new ModelNetwork(
            0.25, new float[][] {{1, 2}, {0.25f, -1}}, new float[] {1, -1}, new float[0][], 2),
        new ModelTarget(
            new SquaredLoss(),
            List.of("affinity"),
            List.of(),
            new double[] {0.5, 0.5},
            new double[] {2, 2},
            List.of(new SpreadCalibration(4, 0.5))),
        new Provenance(Map.of("made", "by hand"), Map.of()),
        List.of(
            SettingWeights.ofNetwork(0, 1),
            new SettingWeights(1, 0.5, new float[][] {{0.5f, -0.25f}}, new double[] {0.25})
                .withSpread(List.of(new SpreadCalibration(2, 2))),
            new SettingWeights(2, 0.25, new float[0][], new double[] {-0.5})
                .withSpread(List.of(new SpreadCalibration(2, 1))),
            new SettingWeights(3, 0, new float[][] {{1, 2}}, new double[1])
                .withSpread(List.of(new SpreadCalibration(3, 0.25)))));
  }
}
