package kronwood.io.prediction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.fault.InputException;
import kronwood.input.StructuredInputs;
import kronwood.io.entities.EntitySource;
import kronwood.io.entities.EntitySource.Kind;
import kronwood.io.entities.EntityTables;
import kronwood.io.pairs.ModeSpec;
import kronwood.model.GivenPredictor;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.Predictions;
import kronwood.model.Predictor;

/**
 * The entities a model can predict for: those it was trained with, and those the user brings now.
 *
 * <p>Readers number the ids of a table as {@link #ids} lists them, the known before the new; a
 * model numbers them otherwise where an id is both, so that its new attributes are used. {@link
 * #predict} translates.
 */
public final class KnownEntities {
  private final Model model;
  private final Predictor predictor;
  private final Map<String, EntityIds> ids;
  private final Map<String, EntityIds> newIds;
  private final int[][] numbers;

  private KnownEntities(
      Model model, Predictor predictor, Map<String, EntityIds> ids, Map<String, EntityIds> newIds) {
    this.model = model;
    this.predictor = predictor;
    this.ids = ids;
    this.newIds = newIds;
    this.numbers = new int[model.modeNames().size()][];
    for (int mode = 0; mode < numbers.length; mode++) {
      EntityIds all = idsOf(mode);
      numbers[mode] = new int[all.size()];
      for (int e = 0; e < numbers[mode].length; e++) {
        numbers[mode][e] = predictor.indexOf(mode, all.id(e));
      }
    }
  }

  /**
   * Reads the new entities.
   *
   * @param modes the model's modes
   * @throws InputException if a table is not one of the model's, its attributes are not of the kind
   *     the model takes, or it cannot be read
   */
  public static KnownEntities of(
      Model model,
      List<ModeSpec> modes,
      Map<String, List<EntitySource>> given,
      int threads,
      Consumer<String> warnings) {
    for (Map.Entry<String, List<EntitySource>> entry : given.entrySet()) {
      checkName(model, entry.getKey(), entry.getValue().getFirst().kind());
    }
    Map<String, EntityIds> ids = new HashMap<>();
    Map<String, EntityIds> newIds = new HashMap<>();
    List<EntityTable> tables = new ArrayList<>();
    for (ModelTable table : model.tables()) {
      List<EntitySource> attributes = given.get(table.name());
      EntityIds all = table.ids();
      if (attributes != null) {
        List<String> columns = EntityTables.columns(table.name(), modes);
        EntityTable read = NewEntities.read(table, attributes, columns, warnings);
        tables.add(read);
        newIds.put(table.name(), read.ids());
        all = union(table, read, attributes.getFirst(), warnings);
      }
      ids.put(table.name(), all);
    }
    Predictor predictor = model.predictor(tables, threads);
    return new KnownEntities(model, predictor, ids, newIds);
  }

  private static void checkName(Model model, String name, Kind kind) {
    List<String> names = model.tables().stream().map(ModelTable::name).toList();
    if (!names.contains(name)) {
      throw InputException.ofOption(
          kind.key(),
          "the model has no table '%s', its tables are %s"
              .formatted(name, String.join(", ", names)));
    }
  }

  private static EntityIds union(
      ModelTable table, EntityTable read, EntitySource given, Consumer<String> warnings) {
    List<String> all = new ArrayList<>(table.ids().asList());
    int both = 0;
    for (String id : read.ids().asList()) {
      if (table.ids().indexOf(id) < 0) {
        all.add(id);
      } else {
        both++;
      }
    }
    if (both > 0) {
      warnings.accept(
          "%s: the model knows %d of the %d entities of table '%s' already, what is given here is used"
              .formatted(given.source(), both, read.size(), table.name()));
    }
    return EntityIds.of(all);
  }

  /** Ids by name of the table. */
  public Map<String, EntityIds> ids() {
    return ids;
  }

  /** Ids of a mode's table. */
  public EntityIds idsOf(int mode) {
    return ids.getOrDefault(model.table(mode).name(), model.table(mode).ids());
  }

  /** Ids of the entities that were given for a mode's table, if any. */
  public Optional<EntityIds> newIds(int mode) {
    return Optional.ofNullable(newIds.get(model.table(mode).name()));
  }

  /**
   * A predictor for the entities of mode {@code free}, given those of all others.
   *
   * @param given an entity of each mode, numbered as in {@link #ids}; that of {@code free} is not
   *     read
   */
  public GivenPredictor given(int free, int[] given) {
    int[] translated = new int[given.length];
    for (int mode = 0; mode < given.length; mode++) {
      if (mode != free) {
        translated[mode] = numbers[mode][given[mode]];
      }
    }
    return predictor.given(free, translated);
  }

  /**
   * Predictions for entities of a mode that the model takes at several positions, of an ensemble
   * with their standard deviations.
   *
   * @param positions where it takes them
   * @param given an entity of each other mode, numbered as in {@link #ids}
   * @param entities numbered likewise
   */
  public Predictions predictRepeated(List<Integer> positions, int[] given, int[] entities) {
    int modes = given.length;
    int[] tuples = new int[Math.multiplyExact(entities.length, modes)];
    for (int i = 0; i < entities.length; i++) {
      for (int mode = 0; mode < modes; mode++) {
        tuples[i * modes + mode] = positions.contains(mode) ? entities[i] : given[mode];
      }
    }
    return predict(EntityTuples.of(modes, tuples));
  }

  /** The numbers that the model has for entities of a mode numbered as in {@link #ids}. */
  public int[] numbers(int mode, int[] entities) {
    int[] found = new int[entities.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = numbers[mode][entities[i]];
    }
    return found;
  }

  /** The id of an entity by the number the model has for it. */
  public String idOfNumber(int mode, int number) {
    EntityIds known = model.table(mode).ids();
    return number < known.size()
        ? known.id(number)
        : newIds(mode).orElseThrow().id(number - known.size());
  }

  /**
   * Predictions for tuples of entities numbered as in {@link #ids}, of an ensemble with their
   * standard deviations.
   */
  public Predictions predict(EntityTuples tuples) {
    return predictor.predictWithDeviations(translated(tuples));
  }

  /** The inputs of tuples of entities numbered as in {@link #ids}, as the network takes them. */
  public StructuredInputs inputs(EntityTuples tuples) {
    return predictor.inputs(translated(tuples));
  }

  private EntityTuples translated(EntityTuples tuples) {
    int modes = tuples.modes();
    int[] entities = new int[Math.multiplyExact(tuples.size(), modes)];
    for (int mode = 0; mode < modes; mode++) {
      int[] position = numbers[mode];
      for (int i = 0; i < tuples.size(); i++) {
        entities[i * modes + mode] = position[tuples.entity(i, mode)];
      }
    }
    return EntityTuples.of(modes, entities);
  }
}
