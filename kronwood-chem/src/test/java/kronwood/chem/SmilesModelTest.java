package kronwood.chem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Cells;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of molecules: saved, loaded, and asked about new ones. */
class SmilesModelTest {
  private static final List<String> SMILES =
      List.of("CCO", "CCN", "c1ccccc1", "Cc1ccccc1", "CC(=O)O", "CC(C)C", "CCCl", "C1CCCCC1");

  private static final int RIGHT = 3;

  @TempDir Path folder;

  private static Block cells(String fingerprint, List<String> smiles) {
    return new Block.OfCells(
        "smiles " + fingerprint,
        1,
        FeatureKernel.TANIMOTO,
        new Encoding("smiles", Map.of("fingerprint", fingerprint)),
        Cells.of(1, smiles));
  }

  private static List<Block> blocks(List<String> smiles) {
    return List.of(cells("circular", smiles), cells("maccs", smiles));
  }

  private static EntityTable table(String name, int size, Attributes attributes) {
    List<String> ids = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int e = 0; e < size; e++) {
      ids.add(name + e);
    }
    for (int c = 0; c < attributes.columns(); c++) {
      columns.add("column" + c);
    }
    return new EntityTable(name, EntityIds.of(ids), columns, attributes);
  }

  private static Model train() {
    Random random = new Random(3);
    float[] values = new float[2 * RIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    int samples = SMILES.size() * RIGHT;
    int[] tuples = new int[2 * samples];
    float[] targets = new float[samples];
    int[] all = new int[samples];
    for (int i = 0; i < samples; i++) {
      tuples[2 * i] = i / RIGHT;
      tuples[2 * i + 1] = i % RIGHT;
      targets[i] = (float) random.nextGaussian();
      all[i] = i;
    }
    Dataset data =
        Dataset.of(
            List.of(
                new Mode("left", table("left", SMILES.size(), new Blocks(blocks(SMILES)))),
                new Mode("right", table("right", RIGHT, DenseFeatures.of(RIGHT, 2, values)))),
            Samples.of(EntityTuples.of(2, tuples), RealTargets.of(List.of("affinity"), targets)));
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            new SquaredLoss(),
            new NetworkOptions(16, 0.4, true, false, 5),
            TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0, EngineChoice.EAGER, 1),
            1e9);
    Split split = new Split(all, new int[0], new int[0]);
    return ModelTraining.fit(data, split, options, TrainingListener.NONE).model();
  }

  private static double predict(Predictor predictor, String left) {
    int[] tuple = {predictor.indexOf(0, left), predictor.indexOf(1, "right1")};
    return predictor.predict(EntityTuples.of(2, tuple))[0];
  }

  private static double predictNew(Model model, String smiles) {
    EntityTable given =
        model
            .tables()
            .getFirst()
            .newEntities(EntityIds.of(List.of("new")), blocks(List.of(smiles)));
    return predict(model.predictor(List.of(given), 1), "new");
  }

  @Test
  void aLoadedModelPredictsForMoleculesItHasNeverSeen() throws IOException {
    Model model = train();
    Path file = folder.resolve("m.kron");
    ModelFile.save(model, file);
    Model loaded = ModelFile.load(file);
    for (String smiles : List.of("CCCO", "Oc1ccccc1", "[Na+].[Cl-]")) {
      assertEquals(predictNew(model, smiles), predictNew(loaded, smiles), smiles);
      assertNotEquals(predict(loaded.predictor(1), "left0"), predictNew(loaded, smiles), smiles);
    }
  }

  @Test
  void aKnownMoleculeWrittenAnotherWayIsPredictedAlike() {
    Model model = train();
    Predictor known = model.predictor(1);
    assertEquals(predict(known, "left0"), predictNew(model, "OCC"), 1e-5);
    assertEquals(predict(known, "left3"), predictNew(model, "C1=CC=CC=C1C"), 1e-5);
  }
}
