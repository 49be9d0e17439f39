package kronwood.candidate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.InteractionProfiles;
import kronwood.data.Split;
import kronwood.encode.Encoder;
import kronwood.encode.Encoders;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.gram.FactorFit;
import kronwood.gram.GramOptions;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates of a data set's tables in any form, fitted on the entities of any training samples.
 * Divisions with the same training entities share encoders and coordinates, also with the final
 * training.
 *
 * <p>Memory: for each table and each of its different sets of training entities the encoded cells,
 * and the coordinates of {@value #KEPT} forms.
 */
public final class TableFits {
  private static final int KEPT = 2;

  private final Dataset data;

  /** For each table the different sets of training entities so far. */
  private final List<List<TrainingSet>> sets = new ArrayList<>();

  private final Map<Trained, Encoded> encoded = new HashMap<>();
  private final Map<Key, FactorFit> fits = new LinkedHashMap<>(16, 0.75f, true);

  private record Trained(int table, int set) {}

  /**
   * What a table's coordinates are fitted on.
   *
   * @param entities the entities that occur in training samples, increasing
   * @param samples the training samples of a table with interaction profiles, else none
   */
  @SuppressWarnings("ArrayRecordComponent") // stays in this class
  private record TrainingSet(int[] entities, int[] samples) {
    boolean isSame(TrainingSet other) {
      return Arrays.equals(entities, other.entities) && Arrays.equals(samples, other.samples);
    }
  }

  private record Key(Trained trained, TableForm form, GramOptions gram) {}

  /** A table whose cells are encoded; an encoder for each block, null for those without cells. */
  private record Encoded(EntityTable table, List<@Nullable Encoder> encoders) {}

  public TableFits(Dataset data) {
    this.data = data;
    data.tables().forEach(_ -> sets.add(new ArrayList<>()));
  }

  /** For each table the number of the set of its entities that occur in training samples. */
  public List<Integer> trainingSets(Split split) {
    List<Integer> numbers = new ArrayList<>();
    for (int t = 0; t < sets.size(); t++) {
      TrainingSet set =
          new TrainingSet(
              TrainingInputs.trainingEntities(data, split, t),
              InteractionProfiles.has(data.tables().get(t)) ? split.train().clone() : new int[0]);
      List<TrainingSet> known = sets.get(t);
      int number = 0;
      while (number < known.size() && !known.get(number).isSame(set)) {
        number++;
      }
      if (number == known.size()) {
        known.add(set);
      }
      numbers.add(number);
    }
    return numbers;
  }

  /**
   * Coordinates of each table, to train with. Their maps begin at encoded cells, so they cannot be
   * applied to new entities.
   *
   * @param trained of each table its set of training entities
   */
  List<FactorFit> of(InputConfiguration inputs, List<Integer> trained, ModelOptions options) {
    ModelOptions with = inputs.apply(options);
    List<FactorFit> chosen = new ArrayList<>();
    for (int t = 0; t < sets.size(); t++) {
      chosen.add(of(new Trained(t, trained.get(t)), inputs.tables().get(t), with));
    }
    return chosen;
  }

  private FactorFit of(Trained trained, TableForm form, ModelOptions with) {
    EntityTable formed = form.apply(encoded(trained).table());
    GramOptions gram =
        with.structure().gram(with.gram(), data.tableOfMode(), trained.table(), formed);
    Key key = new Key(trained, form, gram);
    FactorFit fit = fits.get(key);
    if (fit == null) {
      TrainingSet set = sets.get(trained.table()).get(trained.set());
      EntityTable made = InteractionProfiles.made(data, trained.table(), formed, set.samples());
      fit = TrainingInputs.fit(made, set.entities(), gram, with.memory());
      fits.put(key, fit);
      int most = KEPT * sets.stream().mapToInt(List::size).sum();
      if (fits.size() > most) {
        fits.remove(fits.keySet().iterator().next());
      }
    }
    return fit;
  }

  /** The same with maps that take new entities as they are given. What was kept is forgotten. */
  public List<FactorFit> last(
      InputConfiguration inputs, List<Integer> trained, ModelOptions options) {
    List<FactorFit> chosen = of(inputs, trained, options);
    List<FactorFit> complete = new ArrayList<>();
    for (int t = 0; t < sets.size(); t++) {
      EntityTable formed = inputs.tables().get(t).apply(data.tables().get(t));
      List<@Nullable Encoder> encoders = encoded(new Trained(t, trained.get(t))).encoders();
      complete.add(chosen.get(t).withEncoders(ordered(formed, encoders)));
    }
    fits.clear();
    encoded.clear();
    return complete;
  }

  /** Encoders in the order of a formed table's blocks, of which the identity may have moved. */
  private static List<@Nullable Encoder> ordered(
      EntityTable formed, List<@Nullable Encoder> encoders) {
    List<@Nullable Encoder> ordered = new ArrayList<>();
    if (formed.attributes() instanceof Blocks blocks) {
      int next = 0;
      for (Block block : blocks.blocks()) {
        boolean identity = block instanceof Block.OfIdentity;
        ordered.add(identity || next >= encoders.size() ? null : encoders.get(next));
        next += identity ? 0 : 1;
      }
    }
    return ordered;
  }

  private Encoded encoded(Trained trained) {
    return encoded.computeIfAbsent(
        trained,
        which ->
            encoded(
                data.tables().get(which.table()),
                sets.get(which.table()).get(which.set()).entities()));
  }

  private static Encoded encoded(EntityTable table, int[] training) {
    if (!(table.attributes() instanceof Blocks blocks)) {
      return new Encoded(table, List.of());
    }
    List<Block> made = new ArrayList<>();
    List<@Nullable Encoder> encoders = new ArrayList<>();
    for (Block block : blocks.blocks()) {
      Encoder encoder = block instanceof Block.OfCells cells ? encoder(cells, training) : null;
      made.add(encoder == null ? block : encoded((Block.OfCells) block, encoder));
      if (!(block instanceof Block.OfIdentity)) {
        encoders.add(encoder);
      }
    }
    return new Encoded(EntityTable.of(table.name(), table.ids(), new Blocks(made)), encoders);
  }

  private static Encoder encoder(Block.OfCells block, int[] training) {
    try {
      return Encoders.fit(block.encoding(), block.cells(), training);
    } catch (IllegalArgumentException e) {
      throw named(block, e);
    }
  }

  private static Block encoded(Block.OfCells block, Encoder encoder) {
    try {
      return new Block.OfFeatures(
          block.name(), block.weight(), block.kernel(), encoder.encode(block.cells()));
    } catch (IllegalArgumentException e) {
      throw named(block, e);
    }
  }

  private static IllegalArgumentException named(Block block, IllegalArgumentException e) {
    return new InputException("'" + block.name() + "', " + e.getMessage(), e);
  }
}
