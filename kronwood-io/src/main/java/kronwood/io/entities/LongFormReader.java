package kronwood.io.entities;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.SparseFeatures;
import kronwood.fault.InputException;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import kronwood.io.table.NumberText;
import kronwood.io.table.NumberText.NotANumber;
import kronwood.io.table.SourceTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads sparse features in long form: a row per value, columns id, {@code feature} and {@code
 * value}. Entities and features are numbered in order of first appearance.
 */
final class LongFormReader {
  private static final String FEATURE = "feature";
  private static final String VALUE = "value";

  private final SourceTable table;
  private final Map<String, Integer> entities = new LinkedHashMap<>();
  private final Map<String, Integer> features = new LinkedHashMap<>();
  private final boolean newFeatures;
  private int size;
  private int[] entityOf = new int[1024];
  private int[] featureOf = new int[1024];
  private int[] rowOf = new int[1024];
  private float[] valueOf = new float[1024];
  private final Map<String, Integer> ignored = new LinkedHashMap<>();

  private LongFormReader(SourceTable table, @Nullable List<String> expectedFeatures) {
    this.table = table;
    this.newFeatures = expectedFeatures == null;
    if (expectedFeatures != null) {
      for (String feature : expectedFeatures) {
        features.put(feature, features.size());
      }
    }
  }

  /** Whether a table has exactly an id column, {@code feature} and {@code value}. */
  static boolean isLongForm(SourceTable table, int id) {
    int feature = table.names().indexOf(FEATURE);
    int value = table.names().indexOf(VALUE);
    return table.names().size() == 3 && feature >= 0 && value >= 0 && id != feature && id != value;
  }

  static EntityTable read(DuckDb db, SourceTable table, int id, String tableName) {
    LongFormReader reader = new LongFormReader(table, null);
    reader.readRows(db, id);
    return reader.finish(tableName);
  }

  static EntityTable readNew(
      DuckDb db,
      SourceTable table,
      int id,
      String tableName,
      List<String> expectedFeatures,
      Consumer<String> warnings) {
    LongFormReader reader = new LongFormReader(table, expectedFeatures);
    reader.readRows(db, id);
    List<String> ignored = List.copyOf(reader.ignored.keySet());
    if (reader.size == 0 && !ignored.isEmpty()) {
      throw new InputException(
          "%s: none of its features is one that the model was trained with (found: %s; expected: %s)"
              .formatted(table.source(), Listing.of(ignored), Listing.of(expectedFeatures)));
    }
    if (!ignored.isEmpty()) {
      warnings.accept(
          "%s: ignored %s unknown to the model: %s"
              .formatted(
                  table.source(), Listing.count(ignored.size(), "feature"), Listing.of(ignored)));
    }
    return reader.finish(tableName);
  }

  private void readRows(DuckDb db, int id) {
    int[] columns = {id, table.names().indexOf(FEATURE), table.names().indexOf(VALUE)};
    try {
      long rows =
          db.query(
              table.textQuery(columns),
              result -> {
                int row = 0;
                while (result.next()) {
                  row = Math.addExact(row, 1);
                  add(row, id, result.getString(1), result.getString(2), result.getString(3));
                }
                return (long) row;
              });
      table.checkRows(rows);
    } catch (SQLException e) {
      throw table.unreadable(e);
    }
  }

  private void add(
      int row, int id, @Nullable String entity, @Nullable String feature, @Nullable String value) {
    if (entity == null || entity.isEmpty()) {
      throw table.at(row, table.names().get(id), "the id is empty");
    }
    if (feature == null || feature.isEmpty()) {
      throw table.at(row, FEATURE, "the cell is empty, expected the name of a feature");
    }
    float number;
    try {
      number = NumberText.parse(value == null ? "" : value);
    } catch (NotANumber e) {
      throw table.at(row, VALUE, e.problem());
    }
    int entityIndex = entities.computeIfAbsent(entity, _ -> entities.size());
    Integer featureIndex = features.get(feature);
    if (featureIndex == null) {
      if (!newFeatures) {
        ignored.put(feature, row);
        return;
      }
      featureIndex = features.size();
      features.put(feature, featureIndex);
    }
    if (size == entityOf.length) {
      int room = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * size);
      entityOf = Arrays.copyOf(entityOf, room);
      featureOf = Arrays.copyOf(featureOf, room);
      rowOf = Arrays.copyOf(rowOf, room);
      valueOf = Arrays.copyOf(valueOf, room);
    }
    entityOf[size] = entityIndex;
    featureOf[size] = featureIndex;
    rowOf[size] = row;
    valueOf[size] = number;
    size++;
  }

  private EntityTable finish(String tableName) {
    int[] start = new int[entities.size() + 1];
    for (int i = 0; i < size; i++) {
      start[entityOf[i] + 1]++;
    }
    for (int e = 0; e < entities.size(); e++) {
      start[e + 1] += start[e];
    }
    // A key orders the values of an entity by feature, and values of one feature by row.
    long[] keys = new long[size];
    int[] next = start.clone();
    for (int i = 0; i < size; i++) {
      keys[next[entityOf[i]]++] = ((long) featureOf[i] << 32) | i;
    }
    int[] rowStart = new int[start.length];
    int[] column = new int[size];
    float[] value = new float[size];
    int stored = 0;
    for (int e = 0; e < entities.size(); e++) {
      Arrays.sort(keys, start[e], start[e + 1]);
      for (int k = start[e]; k < start[e + 1]; k++) {
        int i = (int) keys[k];
        if (k > start[e] && featureOf[(int) keys[k - 1]] == featureOf[i]) {
          throw duplicate((int) keys[k - 1], i);
        }
        if (valueOf[i] != 0) {
          column[stored] = featureOf[i];
          value[stored] = valueOf[i];
          stored++;
        }
      }
      rowStart[e + 1] = stored;
    }
    return new EntityTable(
        tableName,
        EntityIds.of(List.copyOf(entities.keySet())),
        List.copyOf(features.keySet()),
        SparseFeatures.of(
            features.size(),
            rowStart,
            Arrays.copyOf(column, stored),
            Arrays.copyOf(value, stored)));
  }

  private InputException duplicate(int first, int second) {
    List<String> ids = new ArrayList<>(entities.keySet());
    List<String> names = new ArrayList<>(features.keySet());
    return new InputException(
        "%s: feature %s of id %s is given twice, in %s and %s; remove one of them"
            .formatted(
                table.source(),
                Listing.quoted(names.get(featureOf[first])),
                Listing.quoted(ids.get(entityOf[first])),
                table.rowName(rowOf[first]),
                table.rowName(rowOf[second])));
  }
}
