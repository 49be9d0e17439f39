package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.gram.DirectFeatureMap;
import kronwood.input.InputForm;
import kronwood.input.PairComparison;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v4-comparison.kron}, a file that every future Kronwood must read: two
 * entities of one table are compared.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenComparison {
  private ModelFileGoldenComparison() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  static Model model() {
    return new Model(
        List.of("left", "right"),
        new int[] {0, 0},
        List.of(
            new ModelTable(
                "t",
                EntityIds.of(List.of("a", "b")),
                List.of("f1"),
                new DirectFeatureMap(new double[1], new int[] {0}, 1, 0),
                new float[] {2, -1})),
        InputForm.of(new PairComparison(new double[] {1, 2, 0.5}, new double[] {0.5, 1, 2}, 0.25)),
        new ModelNetwork(
            0.25, new float[][] {{1, 2, -1, 0.5f}, {0.25f, -1, -3, 1}}, new float[] {1, -1}),
        new ModelTarget(
            new SquaredLoss(), List.of("y"), List.of(), new double[] {1}, new double[] {2}),
        new Provenance(Map.of("made", "by hand"), Map.of()));
  }
}
