package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.gram.DirectFeatureMap;
import kronwood.input.InputForm;
import kronwood.loss.LogisticLoss;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.SettingWeights;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v6-settings.kron}, a file that every future Kronwood must read: of two
 * classes, whose network and linear models count by what is known of the entities.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenSettings {
  private ModelFileGoldenSettings() {}

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
        new ModelNetwork(0.25, new float[][] {{1, 2}, {0.25f, -1}}, new float[] {1, -1}),
        new ModelTarget(
            new LogisticLoss(),
            List.of("binds"),
            List.of("no", "yes"),
            new double[] {0.5},
            new double[] {2}),
        new Provenance(Map.of("made", "by hand"), Map.of()),
        List.of(
            SettingWeights.ofNetwork(0, 1),
            new SettingWeights(1, 0.5, new float[][] {{0.5f, -0.25f}}, new double[] {0.25}),
            new SettingWeights(2, 0.25, new float[0][], new double[] {-0.5}),
            new SettingWeights(3, 0, new float[][] {{1, 2}}, new double[1])));
  }
}
