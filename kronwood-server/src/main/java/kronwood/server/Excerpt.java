package kronwood.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.model.Model;
import kronwood.model.ModelTable;

/**
 * A model that knows only some of its entities, so that predicting for a few pairs costs nothing
 * for all others. Weights are shared.
 */
final class Excerpt {
  private final Model whole;

  /** For each table the chosen entities and their places in the excerpt. */
  private final List<Map<Integer, Integer>> places = new ArrayList<>();

  private final List<List<Integer>> chosen = new ArrayList<>();

  Excerpt(Model whole) {
    this.whole = whole;
    for (int t = 0; t < whole.tables().size(); t++) {
      places.add(new HashMap<>());
      chosen.add(new ArrayList<>());
    }
  }

  /** The place of an entity of a table, which is in the excerpt from now on. */
  int place(int table, int entity) {
    if (isWhole()) {
      return entity;
    }
    return places
        .get(table)
        .computeIfAbsent(
            entity,
            added -> {
              chosen.get(table).add(added);
              return chosen.get(table).size() - 1;
            });
  }

  /**
   * An entity of a table's is known by its place among the training entities if Cartesian, or if
   * its coordinates are sparse.
   */
  private boolean isWhole() {
    return !whole.form().known().isEmpty() || whole.network().entries() != null;
  }

  /** Known entities of a table in the excerpt; new ones are numbered from there on. */
  int size(int table) {
    return isWhole() ? whole.tables().get(table).ids().size() : chosen.get(table).size();
  }

  /** The model of all entities that have a place. */
  Model model() {
    if (isWhole()) {
      return whole;
    }
    List<ModelTable> tables = new ArrayList<>();
    for (int t = 0; t < chosen.size(); t++) {
      tables.add(table(whole.tables().get(t), chosen.get(t)));
    }
    return new Model(
        whole.modeNames(),
        whole.tableOfMode(),
        tables,
        whole.form(),
        whole.network(),
        whole.target(),
        whole.provenance(),
        whole.settings());
  }

  private static ModelTable table(ModelTable table, List<Integer> entities) {
    int rank = table.map().rank();
    float[] coordinates = new float[entities.size() * rank];
    List<String> ids = new ArrayList<>();
    int[] known = table.training();
    int[] training = new int[entities.size()];
    int count = 0;
    for (int e = 0; e < entities.size(); e++) {
      int entity = entities.get(e);
      ids.add(table.ids().id(entity));
      System.arraycopy(table.coordinates(), entity * rank, coordinates, e * rank, rank);
      if (known != null && Arrays.binarySearch(known, entity) >= 0) {
        training[count++] = e;
      }
    }
    EntityIds all = EntityIds.of(ids);
    return known == null
        ? new ModelTable(table.name(), all, table.columns(), table.map(), coordinates)
        : new ModelTable(
            table.name(),
            all,
            table.columns(),
            table.map(),
            coordinates,
            Arrays.copyOf(training, count));
  }
}
