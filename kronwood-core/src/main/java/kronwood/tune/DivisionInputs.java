package kronwood.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.data.Split;
import kronwood.encode.Encoder;
import kronwood.encode.Encoders;
import kronwood.gram.FactorFit;
import kronwood.gram.GramOptions;
import kronwood.model.ModelOptions;
import kronwood.model.ModelTraining;
import kronwood.train.TrainingProblem;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one division of the samples, in any form. What takes long is done once: cells are
 * encoded by encoders fitted on the training entities, and coordinates of tables whose form was
 * asked for lately are kept.
 *
 * <p>Memory: for each of {@value #KEPT} forms of each table its coordinates, and the map to them.
 */
final class DivisionInputs {
  private static final int KEPT = 2;

  private final Dataset given;
  private final Split split;
  private final List<int[]> trainingEntities = new ArrayList<>();
  private final Map<Key, FactorFit> fits;
  private @Nullable Dataset encoded;

  private record Key(int table, TableForm form, GramOptions gram) {}

  DivisionInputs(Dataset given, Split split) {
    this.given = given;
    this.split = split;
    for (int t = 0; t < given.tables().size(); t++) {
      trainingEntities.add(ModelTraining.trainingEntities(given, split, t));
    }
    int most = KEPT * given.tables().size();
    this.fits =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, FactorFit> eldest) {
            return size() > most;
          }
        };
  }

  /** The data with cells encoded, which is done when it is first needed. */
  private Dataset data() {
    Dataset made = encoded;
    if (made == null) {
      List<EntityTable> tables = new ArrayList<>();
      for (int t = 0; t < given.tables().size(); t++) {
        tables.add(encoded(given.tables().get(t), trainingEntities.get(t)));
      }
      made = withTables(given, tables);
      encoded = made;
    }
    return made;
  }

  private static EntityTable encoded(EntityTable table, int[] training) {
    if (!(table.attributes() instanceof Blocks blocks)) {
      return table;
    }
    List<Block> made = new ArrayList<>();
    for (Block block : blocks.blocks()) {
      made.add(block instanceof Block.OfCells cells ? encoded(cells, training) : block);
    }
    return EntityTable.of(table.name(), table.ids(), new Blocks(made));
  }

  private static Block encoded(Block.OfCells block, int[] training) {
    try {
      Encoder encoder = Encoders.fit(block.encoding(), block.cells(), training);
      return new Block.OfFeatures(
          block.name(), block.weight(), block.kernel(), encoder.encode(block.cells()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + block.name() + "', " + e.getMessage(), e);
    }
  }

  /** What is to be learned from inputs in a form. */
  TrainingProblem problem(InputChoice inputs, ModelOptions options) {
    Dataset data = data();
    ModelOptions with = inputs.apply(options);
    List<FactorFit> chosen = new ArrayList<>();
    for (int t = 0; t < data.tables().size(); t++) {
      EntityTable table = data.tables().get(t);
      Key key = new Key(t, inputs.tables().get(t), with.gram());
      FactorFit fit = fits.get(key);
      if (fit == null) {
        fit = ModelTraining.fit(key.form().apply(table), trainingEntities.get(t), with);
        fits.put(key, fit);
      }
      chosen.add(fit);
    }
    return ModelTraining.problem(data, split, with, chosen);
  }

  /** The data set with other tables in the places of its own. */
  static Dataset withTables(Dataset data, List<EntityTable> tables) {
    int[] tableOfMode = data.tableOfMode();
    List<Mode> modes = new ArrayList<>();
    for (int k = 0; k < tableOfMode.length; k++) {
      modes.add(new Mode(data.modes().get(k).name(), tables.get(tableOfMode[k])));
    }
    return Dataset.of(modes, data.samples());
  }
}
