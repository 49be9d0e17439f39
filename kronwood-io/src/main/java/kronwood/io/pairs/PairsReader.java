package kronwood.io.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Dataset;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.ImplicitNegatives;
import kronwood.data.Mode;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.data.fold.Grouping;
import kronwood.fault.InputException;
import kronwood.io.table.DuckDb;
import kronwood.io.table.Listing;
import kronwood.io.table.TableSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables of samples: a row per sample, with a column of entity ids per mode, target columns,
 * and whatever else predicates need.
 *
 * <p>Predicates are DuckDB SQL over the table's columns, which have their natural types, except
 * that ids are text exactly as written; where a predicate is NULL it does not hold. Only rows that
 * are used must have known ids and good targets. Cost: seconds for a million rows.
 */
public final class PairsReader {
  private PairsReader() {}

  /**
   * Reads a table to train on.
   *
   * <p>Without a training predicate the training rows are those in neither of the other parts. Rows
   * in no part are left out.
   *
   * @throws InputException naming file, row and column if a column is missing; a predicate fails,
   *     or the parts overlap, or none is left to train on; an id is missing or not in its table; a
   *     target or weight is missing or not what the request says; only one class is trained; or the
   *     same entities have different targets, unless the request allows for it
   */
  public static TrainingPairs read(PairsRequest request) {
    try (DuckDb db = DuckDb.open()) {
      PairsTable pairs = PairsTable.load(db, request.source(), request.modes());
      TargetReader reader = TargetReader.of(pairs, request.target());
      TrainingPairs read = read(pairs, reader, request);
      reader.checkTraining(read.dataset().samples(), read.split());
      return read;
    }
  }

  /**
   * Reads a table whose training samples are yet to be divided.
   *
   * @param groups columns whose groups are not to be divided; an empty cell is in no group
   * @param completing whether every tuple of entities that the table does not list, in whichever
   *     part, is added as a negative; it may then list positives only
   * @param seed for the order of entities that come from one table, where negatives are added
   * @throws InputException as {@link #read} does, if a column of groups is missing, or if negatives
   *     cannot be added
   */
  public static DivisiblePairs readToDivide(
      PairsRequest request, List<GroupSpec> groups, boolean completing, long seed) {
    try (DuckDb db = DuckDb.open()) {
      PairsTable pairs = PairsTable.load(db, request.source(), request.modes());
      TargetReader reader =
          completing
              ? TargetReader.ofPositives(pairs, request.target())
              : TargetReader.of(pairs, request.target());
      TrainingPairs read = read(pairs, reader, request);
      int listed = read.rows().length;
      TrainingPairs complete = completing ? completed(read, request, seed) : read;
      reader.checkTraining(complete.dataset().samples(), complete.split());
      List<Grouping> groupings = new ArrayList<>();
      for (GroupSpec group : groups) {
        int[] values = Arrays.copyOf(pairs.groups(group, read.rows()), complete.rows().length);
        Arrays.fill(values, listed, values.length, Grouping.NONE);
        groupings.add(new Grouping(group.mode(), values));
      }
      return new DivisiblePairs(complete, listed, groupings);
    }
  }

  private static TrainingPairs completed(TrainingPairs read, PairsRequest request, long seed) {
    try {
      Dataset complete = ImplicitNegatives.complete(read.dataset(), seed);
      int listed = read.rows().length;
      int[] trained = read.split().train();
      int[] train = Arrays.copyOf(trained, trained.length + complete.samples().size() - listed);
      for (int i = trained.length; i < train.length; i++) {
        train[i] = listed + i - trained.length;
      }
      return new TrainingPairs(
          complete,
          new Split(train, read.split().validation(), read.split().test()),
          Arrays.copyOf(read.rows(), complete.samples().size()),
          read.warnings());
    } catch (IllegalArgumentException e) {
      throw new InputException(request.source() + ": " + e.getMessage(), e);
    }
  }

  private static TrainingPairs read(PairsTable pairs, TargetReader reader, PairsRequest request) {
    Map<String, EntityIds> known = new HashMap<>();
    for (Map.Entry<String, EntityTable> table : request.tables().entrySet()) {
      known.put(table.getKey(), table.getValue().ids());
    }
    Parts parts = parts(pairs, reader, request.split(), known);
    Samples samples = samples(pairs, reader, parts.rows(), request.modes(), known);
    List<Mode> modes = new ArrayList<>();
    for (ModeSpec mode : request.modes()) {
      EntityTable table = request.tables().get(mode.table());
      if (table == null) {
        throw new IllegalStateException("no table " + mode.table());
      }
      modes.add(new Mode(mode.column(), table));
    }
    return new TrainingPairs(
        Dataset.of(modes, samples), parts.split(), parts.rows(), parts.warnings());
  }

  private static Parts parts(
      PairsTable pairs, TargetReader reader, SplitSpec split, Map<String, EntityIds> known) {
    LastRows last = split.last();
    if (last == null) {
      return Parts.of(pairs, split);
    }
    int[] all = allRows(pairs.rows());
    return Parts.of(
        pairs,
        split,
        RowDivision.byTime(pairs, last, pairs.tuples(all, known), reader.targets(all)));
  }

  /**
   * Reads rows with targets to evaluate a model on.
   *
   * @param source the table
   * @param modes the model's modes
   * @param known ids of the entities, by name of the entity table
   * @param target the targets, with the classes of the model if it has any
   * @param where predicate of the rows to read, or null for all of them
   * @throws InputException as {@link #read} does
   */
  public static LabelledPairs readLabelled(
      TableSource source,
      List<ModeSpec> modes,
      Map<String, EntityIds> known,
      TargetSpec target,
      @Nullable String where) {
    try (DuckDb db = DuckDb.open()) {
      PairsTable pairs = PairsTable.load(db, source, modes);
      TargetReader reader = TargetReader.of(pairs, target);
      int[] rows = allRows(pairs.rows());
      if (where != null) {
        rows = Parts.rowsWhere(pairs.table().where(db, "where", where));
        if (rows.length == 0) {
          throw new InputException(
              "%s: none of its %s satisfies where \"%s\""
                  .formatted(source, Listing.count(pairs.rows(), "row"), Listing.shortened(where)));
        }
      }
      return new LabelledPairs(samples(pairs, reader, rows, modes, known), rows);
    }
  }

  /**
   * The ids of a table's entities that a table of samples names, in the order they occur: for
   * entities of which nothing else is known.
   *
   * @param entityTable name of the entity table
   * @throws InputException if a mode's column is missing, or one of the ids
   */
  public static EntityIds readIds(TableSource source, List<ModeSpec> modes, String entityTable) {
    try (DuckDb db = DuckDb.open()) {
      return PairsTable.load(db, source, modes).idsOf(entityTable);
    }
  }

  /**
   * Reads rows to predict for. The result keeps the table open, until it is closed.
   *
   * @param source the table
   * @param modes the model's modes
   * @param known ids of the entities, by name of the entity table
   * @throws InputException if a mode's column is missing or an id is missing or unknown
   */
  public static UnlabelledPairs readUnlabelled(
      TableSource source, List<ModeSpec> modes, Map<String, EntityIds> known) {
    DuckDb db = DuckDb.open();
    boolean done = false;
    try {
      PairsTable pairs = PairsTable.load(db, source, modes);
      EntityTuples tuples = pairs.tuples(allRows(pairs.rows()), known);
      done = true;
      return new UnlabelledPairs(pairs, tuples);
    } finally {
      if (!done) {
        db.close();
      }
    }
  }

  private static Samples samples(
      PairsTable pairs,
      TargetReader reader,
      int[] rows,
      List<ModeSpec> modes,
      Map<String, EntityIds> known) {
    EntityTuples tuples = pairs.tuples(rows, known);
    Targets targets = reader.targets(rows);
    if (!reader.allowsRepeats()) {
      DuplicateTuples.check(pairs, modes, known, tuples, targets, rows);
    }
    return Samples.weighted(tuples, targets, reader.weights(rows));
  }

  private static int[] allRows(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i + 1);
    return rows;
  }
}
