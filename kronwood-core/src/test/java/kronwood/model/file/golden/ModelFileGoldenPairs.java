package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.gram.DirectFeatureMap;
import kronwood.input.InputForm;
import kronwood.input.PairStructure;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v3-pairs.kron}, a file that every future Kronwood must read: a
 * Cartesian structure, whose weights have coordinates for the entities b, p and q.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenPairs {
  private ModelFileGoldenPairs() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  /** The training entities of each table. */
  private static final int[] LEFT = {1};

  private static final int[] RIGHT = {0, 1};

  static Model model() {
    return new Model(
        List.of("left", "right"),
        new int[] {0, 1},
        List.of(
            table("left", List.of("a", "b"), LEFT, 2, -1),
            table("right", List.of("p", "q"), RIGHT, 0.5f, 3)),
        new InputForm(PairStructure.CARTESIAN, 0.5, List.of(LEFT, RIGHT)),
        new ModelNetwork(
            0.25,
            new float[][] {{1, 2, -1, 0.5f, 0, 0.25f}, {0.25f, -1, 3, 1, 0, 0}},
            new float[] {1, -1}),
        new ModelTarget(
            new SquaredLoss(), List.of("y"), List.of(), new double[] {1}, new double[] {2}),
        new Provenance(Map.of("made", "by hand"), Map.of()));
  }

  private static ModelTable table(
      String name, List<String> ids, int[] training, float... coordinates) {
    return new ModelTable(
        name,
        EntityIds.of(ids),
        List.of("f1"),
        new DirectFeatureMap(new double[1], new int[] {0}, 1, 0),
        coordinates,
        training);
  }
}
