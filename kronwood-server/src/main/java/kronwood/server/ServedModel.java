package kronwood.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.fault.InputException;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.Predictions;
import kronwood.model.Predictor;
import kronwood.model.file.StoredModel;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers queries. Immutable but for its caches, and thread-safe.
 *
 * <p>For known entities predictions are looked up in a {@link Grid}, else made by {@link
 * ContractedWeights} for few groups of rows, else all at once. Rows with new entities are predicted
 * by an {@link Excerpt} of the model.
 */
final class ServedModel {
  /** Rows with more different entities of the other modes than this are predicted at once. */
  private static final int MOST_GROUPS = 8;

  private final String name;
  private final String sha256;
  private final Model model;
  private final List<String> modes;
  private final Predictor predictor;
  private final @Nullable Grid grid;
  private final ContractedWeights contracted;

  private ServedModel(
      String name, StoredModel stored, Predictor predictor, @Nullable Grid grid, long memory) {
    this.name = name;
    this.sha256 = stored.sha256();
    this.model = stored.model();
    this.modes = model.modeNames().stream().distinct().toList();
    this.predictor = predictor;
    this.grid = grid;
    this.contracted = new ContractedWeights(model, predictor, memory);
  }

  /**
   * Makes a model ready: what can be predicted beforehand is.
   *
   * @param name what clients call it
   * @param threads threads to make it ready with
   * @param memory bytes for caches
   */
  static ServedModel of(String name, StoredModel stored, int threads, long memory) {
    Model model = stored.model();
    Grid grid = Grid.of(model, model.predictor(threads), memory);
    Predictor single = model.predictor(1);
    ServedModel served = new ServedModel(name, stored, single, grid, memory);
    served.warmUp();
    return served;
  }

  private void warmUp() {
    int[] first = new int[model.modeNames().size()];
    predictor.predict(EntityTuples.of(first.length, first));
  }

  /** What clients call it. */
  String name() {
    return name;
  }

  /** Digest of its file. */
  String sha256() {
    return sha256;
  }

  /** The model itself. */
  Model model() {
    return model;
  }

  /** Distinct names of the modes: what a row has an entity of. */
  List<String> modes() {
    return modes;
  }

  /** The table of a mode, by the mode's name. */
  ModelTable table(String mode) {
    return model.table(model.modeNames().indexOf(mode));
  }

  /** The number of numbers of a prediction. */
  int outputs() {
    return model.network().outputs();
  }

  /** Names of the outputs: the targets, the positive class of two, or all classes. */
  List<String> outputNames() {
    return switch (model.target().loss().task()) {
      case REGRESSION -> model.target().names();
      case BINARY -> List.of(model.target().classes().getLast());
      case MULTICLASS -> model.target().classes();
    };
  }

  /**
   * Predictions, a row of numbers for each row of the query.
   *
   * @throws Problem if an id is not known, or a new entity is not described as the model demands
   */
  Predictions predict(Query query) {
    int[] entities = new int[query.rows() * model.modeNames().size()];
    Predictor resolved = resolve(query, entities);
    if (resolved == null) {
      return known(entities);
    }
    EntityTuples tuples = EntityTuples.of(model.modeNames().size(), entities);
    try {
      return resolved.predictWithDeviations(tuples);
    } catch (InputException e) {
      throw Problem.bad(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes the number of each row's entities, and makes a predictor that numbers them so; null if
   * all are known, and numbered as in the model.
   */
  private @Nullable Predictor resolve(Query query, int[] entities) {
    int all = model.modeNames().size();
    List<Problem.At> errors = new ArrayList<>();
    long count = 0;
    boolean anyNew = false;
    for (int mode = 0; mode < all; mode++) {
      String modeName = model.modeNames().get(mode);
      ModelTable table = model.table(mode);
      List<String> ids = query.ids().getOrDefault(modeName, List.of());
      Map<String, Map<String, ?>> described =
          query.described().getOrDefault(table.name(), Map.of());
      for (int row = 0; row < ids.size(); row++) {
        boolean isNew = !described.isEmpty() && described.containsKey(ids.get(row));
        int entity = isNew ? 0 : table.ids().indexOf(ids.get(row));
        anyNew |= isNew;
        if (entity < 0) {
          if (count++ < Problem.MOST_ERRORS) {
            errors.add(unknown(query.places().of(row, modeName), ids.get(row), table));
          }
        }
        entities[row * all + mode] = entity;
      }
    }
    if (count > 0) {
      throw Problem.of(errors, count);
    }
    return anyNew ? excerpt(query, entities) : null;
  }

  private static Problem.At unknown(String place, String id, ModelTable table) {
    return new Problem.At(
        place,
        "%s is not among the %d entities of table %s, and is not described as a new one"
            .formatted(Problem.quoted(id), table.ids().size(), Problem.quoted(table.name())));
  }

  private Predictor excerpt(Query query, int[] entities) {
    int all = model.modeNames().size();
    Excerpt excerpt = new Excerpt(model);
    Map<String, Map<String, Map<String, ?>>> used = new TreeMap<>();
    Map<String, Map<String, Integer>> numbers = new TreeMap<>();
    for (int mode = 0; mode < all; mode++) {
      ModelTable table = model.table(mode);
      List<String> ids = query.ids().getOrDefault(model.modeNames().get(mode), List.of());
      Map<String, Map<String, ?>> described =
          query.described().getOrDefault(table.name(), Map.of());
      for (int row = 0; row < ids.size(); row++) {
        String id = ids.get(row);
        Map<String, ?> columns = described.get(id);
        int at = row * all + mode;
        if (columns == null) {
          entities[at] = excerpt.place(model.tableOfMode()[mode], entities[at]);
        } else {
          used.computeIfAbsent(table.name(), _ -> new LinkedHashMap<>()).put(id, columns);
          Map<String, Integer> places =
              numbers.computeIfAbsent(table.name(), _ -> new LinkedHashMap<>());
          // Negative until it is known how many come before.
          entities[at] = -1 - places.computeIfAbsent(id, _ -> places.size());
        }
      }
    }
    List<EntityTable> given = new ArrayList<>();
    for (ModelTable table : model.tables()) {
      Map<String, Map<String, ?>> described = used.get(table.name());
      if (described != null) {
        given.add(newEntities(table, described, query.places()));
      }
    }
    for (int i = 0; i < entities.length; i++) {
      if (entities[i] < 0) {
        entities[i] = excerpt.size(model.tableOfMode()[i % all]) - 1 - entities[i];
      }
    }
    return predictor(excerpt.model(), given);
  }

  private static EntityTable newEntities(
      ModelTable table, Map<String, Map<String, ?>> described, Query.Places places) {
    try {
      return NewEntities.of(table, described, places);
    } catch (InputException e) {
      throw Problem.bad(String.valueOf(e.getMessage()));
    }
  }

  private static Predictor predictor(Model of, List<EntityTable> given) {
    try {
      return of.predictor(given, 1);
    } catch (InputException e) {
      throw Problem.bad(String.valueOf(e.getMessage()));
    }
  }

  private Predictions known(int[] entities) {
    int all = model.modeNames().size();
    if (grid != null) {
      return grid.predict(entities);
    }
    EntityTuples tuples = EntityTuples.of(all, entities);
    if (all != modes.size() || all == 1) {
      return predictor.predictWithDeviations(tuples);
    }
    Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < tuples.size() && groups.size() <= MOST_GROUPS; row++) {
      List<Integer> key = new ArrayList<>();
      for (int mode = 0; mode < all - 1; mode++) {
        key.add(tuples.entity(row, mode));
      }
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
    }
    return groups.size() > MOST_GROUPS
        ? predictor.predictWithDeviations(tuples)
        : byGroups(tuples, groups);
  }

  private Predictions byGroups(EntityTuples tuples, Map<List<Integer>, List<Integer>> groups) {
    int last = tuples.modes() - 1;
    int outputs = outputs();
    double[] values = new double[tuples.size() * outputs];
    double[] deviations = new double[model.network().members() > 1 ? values.length : 0];
    groups.forEach(
        (key, rows) -> {
          int[] given = new int[last + 1];
          for (int mode = 0; mode < last; mode++) {
            given[mode] = key.get(mode);
          }
          int[] candidates = rows.stream().mapToInt(row -> tuples.entity(row, last)).toArray();
          Predictions made = contracted.of(last, given).predictWithDeviations(candidates);
          for (int i = 0; i < candidates.length; i++) {
            int to = rows.get(i) * outputs;
            System.arraycopy(made.values(), i * outputs, values, to, outputs);
            if (made.hasDeviations()) {
              System.arraycopy(made.deviations(), i * outputs, deviations, to, outputs);
            }
          }
        });
    return new Predictions(values, deviations);
  }
}
