package kronwood.model.file.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.SparseFeatures;
import kronwood.gram.DirectFeatureMap;
import kronwood.gram.PivotFeatureMap;
import kronwood.gram.SimilarityMap;
import kronwood.loss.HuberLoss;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFile;

/**
 * The model in {@code model-v1.kron}, a file that every future Kronwood must read: five modes over
 * four tables, one of each kind, four neurons, two outputs, numbers that are exact in binary.
 *
 * <p>The file was written once by {@link #main} and must never be written again. A format version 2
 * gets a file of its own.
 */
final class ModelFileGolden {
  private ModelFileGolden() {}

  /** Saves the model to the file that the argument names. */
  public static void main(String[] args) throws IOException {
    ModelFile.save(model(), Path.of(args[0]));
  }

  static Model model() {
    float[][] weights = new float[4][32];
    for (int r = 0; r < 4; r++) {
      for (int i = 0; i < 32; i++) {
        weights[r][i] = ((7 * i + 13 * r * r + 3 * r * i) % 17 - 8) / 8f;
      }
    }
    float[] output = {1, -1, 0.5f, 0.25f, -1, 1, 2, -0.75f};
    return new Model(
        List.of("left", "right", "cell", "probe", "partner"),
        new int[] {0, 1, 2, 3, 0},
        List.of(direct(), pivotDense(), pivotSparse(), similarity()),
        new ModelNetwork(0.125, weights, output),
        new ModelTarget(
            new HuberLoss(0.5),
            List.of("affinity", "löslichkeit"),
            List.of(),
            new double[] {10, -2.5},
            new double[] {0.5, 3}),
        provenance());
  }

  private static ModelTable direct() {
    return new ModelTable(
        "left",
        EntityIds.of(List.of("aspirin", "Café \"crème\"", "試料 🧬")),
        List.of("weight", "charge", "größe"),
        new DirectFeatureMap(new double[] {1, 2, -0.5}, new int[] {0, 2}, 0.5, 0),
        new float[] {1, 0.5f, -0.5f, 2, 0.25f, -1});
  }

  private static ModelTable pivotDense() {
    return new ModelTable(
        "right",
        EntityIds.of(List.of("p1", "p2")),
        List.of("f1", "f2", "f3"),
        new PivotFeatureMap(
            DenseFeatures.of(2, 3, new float[] {1, 0, 2, -1, 0.5f, 3}),
            new double[] {0.5, 0, 1},
            new double[] {2, 0, 1, 0.5},
            0.25,
            0),
        new float[] {1, 0, 0.5f, -1.5f});
  }

  private static ModelTable pivotSparse() {
    return new ModelTable(
        "cell",
        EntityIds.of(List.of("HeLa", "K-562")),
        List.of("g1", "g2", "g3", "g4"),
        new PivotFeatureMap(
            SparseFeatures.of(4, new int[] {0, 2}, new int[] {1, 3}, new float[] {2, -1}),
            new double[] {0, 0.25, 0, 0.5},
            new double[] {4},
            2,
            0.75),
        new float[] {1.5f, 0.75f, -1, 0.75f});
  }

  private static ModelTable similarity() {
    return new ModelTable(
        "probe",
        EntityIds.of(List.of("x", "y", "z")),
        List.of("x", "z"),
        new SimilarityMap(2, new double[] {0.5, -0.25}, new double[] {0.125}, 0.5),
        new float[] {1, 0.5f, -2, 0.5f, 0, 0.5f});
  }

  private static Provenance provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kronwood", "0.1.0");
    facts.put("made", "by hand");
    Map<String, Double> train = new LinkedHashMap<>();
    train.put("mse", 0.1);
    train.put("ci", Double.NaN);
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    metrics.put("train", train);
    metrics.put("test", Map.of("mse", 0.25));
    return new Provenance(facts, metrics);
  }
}
