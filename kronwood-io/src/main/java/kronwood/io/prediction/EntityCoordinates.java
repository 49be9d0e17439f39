package kronwood.io.prediction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;
import kronwood.gram.FactorTable;
import kronwood.io.entities.EntitySource;
import kronwood.io.entities.EntityTables;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.scores.Scores;
import kronwood.io.scores.TupleWriter;
import kronwood.model.Model;
import kronwood.model.ModelTable;

/**
 * Entities of a table as a model sees them: what its encoders and maps make of their attributes.
 *
 * <p>Programs that know nothing of encoders, such as an exported graph, take these numbers. The
 * array is not copied.
 *
 * @param ids the entities
 * @param training whether each occurs in the model's training samples
 * @param values coordinates, entities × rank, row-major; the constant one, if there is one, is last
 */
@SuppressWarnings("ArrayRecordComponent") // as documented
public record EntityCoordinates(EntityIds ids, Set<String> training, double[] values) {

  /**
   * Those of all entities that the model knows.
   *
   * @throws InputException if they are sparse, and nothing but who an entity is
   */
  public static EntityCoordinates ofKnown(ModelTable table) {
    if (table.isSparse()) {
      throw new InputException(
          "table '%s' has an identity alone: its coordinates say nothing but who an entity is"
              .formatted(table.name()));
    }
    double[] values = new double[table.coordinates().length];
    Arrays.setAll(values, i -> table.coordinates()[i]);
    Set<String> training = new HashSet<>();
    int[] numbers = table.training();
    for (int entity : numbers == null ? new int[0] : numbers) {
      training.add(table.ids().id(entity));
    }
    return new EntityCoordinates(table.ids(), training, values);
  }

  /**
   * Those of new entities, none of which counts as known.
   *
   * @param given their sources, features first
   * @throws InputException if these are not of the kind that the model takes, or cannot be read
   */
  public static EntityCoordinates ofNew(
      Model model, ModelTable table, List<EntitySource> given, Consumer<String> warnings) {
    List<ModeSpec> modes = new ArrayList<>();
    for (int mode = 0; mode < model.modeNames().size(); mode++) {
      modes.add(new ModeSpec(model.modeNames().get(mode), model.table(mode).name()));
    }
    List<String> columns = EntityTables.columns(table.name(), modes);
    EntityTable read = NewEntities.read(table, given, columns, warnings);
    FactorTable embedded = table.map().embedAll(read.attributes());
    return new EntityCoordinates(read.ids(), Set.of(), embedded.values());
  }

  /** Coordinates of each entity. */
  public int rank() {
    return values.length / Math.max(1, ids.size());
  }

  /**
   * Writes a row for each entity: columns {@code id}, {@code known} (1 or 0), {@code u1}, {@code
   * u2}, and so on.
   *
   * @return number of rows
   * @throws InputException if the file cannot be written
   */
  public long write(Path out) {
    int rank = rank();
    List<String> names = new ArrayList<>(List.of("known"));
    for (int c = 1; c <= rank; c++) {
      names.add("u" + c);
    }
    double[] rows = new double[Math.multiplyExact(ids.size(), rank + 1)];
    for (int e = 0; e < ids.size(); e++) {
      rows[e * (rank + 1)] = training.contains(ids.id(e)) ? 1 : 0;
      System.arraycopy(values, e * rank, rows, e * (rank + 1) + 1, rank);
    }
    Scores columns = Scores.columns(names, rows);
    return TupleWriter.write(
        List.of("id"), out, writer -> writer.add((row, mode) -> ids.id(row), columns));
  }
}
