package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.gram.IdentityMap;
import kronwood.input.InputForm;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFile;
import kronwood.network.EntryRows;
import kronwood.network.EntryWeights;

/**
 * The model in {@code model-v8-entries.kron}, a file that every future Kronwood must read: entities
 * are told apart by their identity alone, and there are weights of single entries.
 *
 * <p>The file was written once by {@link #main} and must never be written again.
 */
final class ModelFileGoldenEntries {
  private ModelFileGoldenEntries() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  static Model model() {
    // Of left and right, in 3 × 3 numbers: none, (−, p), (−, q), (a, −), (a, p), (b, −).
    long[] index = {0, 1, 2, 3, 4, 6};
    float[] rows = {0.5f, -0.5f, 1, 0, 0, 1, 2, -1, 4, 0.25f, -1, 1};
    EntryWeights entries =
        new EntryWeights(
            new long[] {7, 7},
            index,
            new int[] {0, 1, 2, 3, 4, 5},
            new float[][] {rows},
            EntryRows.of(2));
    return new Model(
        List.of("left", "right"),
        new int[] {0, 1},
        List.of(table("left", "a", "b", "c"), table("right", "p", "q")),
        InputForm.PLAIN,
        ModelNetwork.ofEntries(0.25, entries, new float[] {1, -1}, 1),
        new ModelTarget(
            new SquaredLoss(), List.of("y"), List.of(), new double[] {1}, new double[] {2}),
        new Provenance(Map.of("made", "by hand"), Map.of()));
  }

  private static ModelTable table(String name, String... ids) {
    return new ModelTable(
        name,
        EntityIds.of(List.of(ids)),
        List.of(ids).subList(0, 2),
        new IdentityMap(2, 1, 0.5, 0.25, 0.75),
        new float[0],
        new int[] {0, 1});
  }
}
