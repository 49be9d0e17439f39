package kronwood;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.fault.InputException;
import kronwood.io.entities.ColumnEncoding;
import kronwood.io.entities.EntityForms;
import kronwood.io.entities.EntitySource;
import kronwood.io.entities.EntityTables;
import kronwood.io.pairs.LastRows;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.PairsRequest;
import kronwood.io.pairs.SplitSpec;
import kronwood.io.pairs.TargetKind;
import kronwood.io.pairs.TargetSpec;
import kronwood.io.pairs.TrainingPairs;
import kronwood.io.table.TableSource;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import org.jspecify.annotations.Nullable;

/**
 * Tables to train on: one of pairs (or of tuples of more modes), and for each table of entities its
 * features, similarities or both. Say what they are, then {@link #read}.
 *
 * <p>A source is a CSV, TSV, JSON or Parquet file (gzip too), a DuckDB database {@code FILE:TABLE},
 * {@code sql:SELECT …}, or idx files. Reading costs about a second for a million rows. Not
 * thread-safe.
 */
public final class TrainingTables {
  private final TableSource pairs;
  private final List<ModeSpec> modes;
  private final Map<String, List<EntitySource>> sources = new LinkedHashMap<>();
  private final Map<String, Double> identities = new LinkedHashMap<>();
  private final Map<String, EntityForms.Profile> profiles = new LinkedHashMap<>();
  private final Map<String, FeatureKernel> kernels = new LinkedHashMap<>();
  private final Map<String, List<ColumnEncoding>> encodings = new LinkedHashMap<>();
  private final List<String> symmetrised = new ArrayList<>();
  private List<String> targets = List.of();
  private Loss loss = new SquaredLoss();
  private @Nullable String positive;
  private @Nullable String weight;
  private @Nullable String trainWhere;
  private @Nullable String validationWhere;
  private @Nullable String testWhere;
  private @Nullable String splitColumn;
  private @Nullable LastRows last;
  private boolean repeats;

  /**
   * Begins with the table of pairs.
   *
   * @param pairs its source
   * @param modes columns with the ids of each sample's entities, such as {@code "left", "right"};
   *     {@code "a:protein"} takes the ids of column {@code a} from the table {@code protein}
   * @throws InputException if there is no such source, or no mode
   */
  public TrainingTables(String pairs, String... modes) {
    this.pairs = TableSource.parse(pairs);
    this.modes = ModeSpec.parseAll(String.join(",", modes));
  }

  /** Names the columns to learn: one, or several if they are numbers. */
  public TrainingTables target(String... columns) {
    targets = List.of(columns);
    return this;
  }

  /** Says what is minimised, and so what the target is (default: squared error of numbers). */
  public TrainingTables loss(Loss other) {
    loss = other;
    return this;
  }

  /** Says which of two classes is the positive one (default: the larger, or later in the order). */
  public TrainingTables positive(String className) {
    positive = className;
    return this;
  }

  /** Names a column with the weight of each sample's loss. */
  public TrainingTables weight(String column) {
    weight = column;
    return this;
  }

  /** Gives the features of a table of entities. */
  public TrainingTables features(String table, String source) {
    return add(table, EntitySource.features(TableSource.parse(source)));
  }

  /** Gives similarities of the entities of a table: a square matrix. */
  public TrainingTables similarity(String table, String source) {
    return add(table, EntitySource.similarity(TableSource.parse(source)));
  }

  /** Gives similarities that are added to what else is known of the table, {@code weight} times. */
  public TrainingTables similarity(String table, String source, double share) {
    return add(
        table,
        new EntitySource(
            EntitySource.Kind.SIMILARITY, OptionalDouble.of(share), TableSource.parse(source)));
  }

  /** Adds a weight for an entity with itself; alone, entities are known by their ids only. */
  public TrainingTables identity(String table, double share) {
    identities.put(table, share);
    return this;
  }

  /**
   * Compares entities of a table by what they occur with in the training samples too, by the cosine
   * of their interaction profiles; alone, entities are known by their interactions only.
   */
  public TrainingTables profile(String table, double share) {
    return profile(table, share, FeatureKernel.COSINE);
  }

  /** The same, compared in another way. */
  public TrainingTables profile(String table, double share, FeatureKernel kernel) {
    profiles.put(table, new EntityForms.Profile(share, kernel));
    return this;
  }

  /** Says how features of a table are compared (default: by their inner product). */
  public TrainingTables kernel(String table, FeatureKernel kernel) {
    kernels.put(table, kernel);
    return this;
  }

  /**
   * Says what a column of features holds, such as {@code "sequence,k=4"}; may be called several
   * times for one column.
   */
  public TrainingTables encode(String table, String column, String encoding) {
    encodings
        .computeIfAbsent(table, _ -> new ArrayList<>())
        .add(ColumnEncoding.parse(column, encoding));
    return this;
  }

  /** Averages the similarities of a table with their transpose, however far they differ. */
  public TrainingTables symmetrise(String table) {
    symmetrised.add(table);
    return this;
  }

  /** Says which rows train, as an SQL predicate over the columns (default: those of no part). */
  public TrainingTables trainWhere(String predicate) {
    trainWhere = predicate;
    return this;
  }

  /** Says which rows validate: early stopping and choices go by them. */
  public TrainingTables validationWhere(String predicate) {
    validationWhere = predicate;
    return this;
  }

  /** Says which rows test: nothing is learned from them. */
  public TrainingTables testWhere(String predicate) {
    testWhere = predicate;
    return this;
  }

  /** Names a column that says of each row {@code train}, {@code validation} or {@code test}. */
  public TrainingTables splitColumn(String column) {
    splitColumn = column;
    return this;
  }

  /**
   * Divides the rows by time: of each entity of the first mode the last positive rows test, see
   * {@link LastRows}.
   *
   * @param time column of numbers, dates or time stamps
   * @param test how many of an entity's rows, or a share below 1
   * @param validation the same of the rows before these, which validate; 0 for none
   */
  public TrainingTables last(String time, double test, double validation) {
    last = new LastRows(time, test, validation);
    return this;
  }

  /** Allows several rows of the same entities with different targets. */
  public TrainingTables allowRepeats() {
    repeats = true;
    return this;
  }

  private TrainingTables add(String table, EntitySource source) {
    List<EntitySource> of = sources.computeIfAbsent(table, _ -> new ArrayList<>());
    if (source.kind() == EntitySource.Kind.FEATURES) {
      if (of.stream().anyMatch(one -> one.kind() == source.kind())) {
        throw InputException.ofOption("features", "table '" + table + "' is given twice");
      }
      of.addFirst(source);
    } else {
      of.add(source);
    }
    return this;
  }

  /**
   * Reads everything.
   *
   * @throws InputException if a table cannot be read or does not fit the others; the message names
   *     file, row and column
   */
  public TrainingData read() {
    List<String> warnings = new ArrayList<>();
    TargetKind kind =
        switch (loss.task()) {
          case REGRESSION -> TargetKind.REAL;
          case BINARY -> TargetKind.BINARY;
          case MULTICLASS -> TargetKind.MULTICLASS;
        };
    TargetSpec target =
        new TargetSpec(targets, kind, positive, List.of(), null)
            .withWeights(weight)
            .withRepeats(repeats);
    sources.values().forEach(of -> of.forEach(one -> pairs.checkGoesWith(one.source())));
    Map<String, EntityTable> tables =
        EntityTables.read(
            modes,
            sources,
            new EntityForms(identities, profiles, kernels, encodings, symmetrised),
            table -> PairsReader.readIds(pairs, modes, table),
            warnings::add);
    tables.forEach((name, table) -> pairs.checkRows(name, table.size()));
    TrainingPairs read =
        PairsReader.read(
            new PairsRequest(
                pairs,
                modes,
                tables,
                target,
                new SplitSpec(trainWhere, validationWhere, testWhere, splitColumn, last, "")));
    return new TrainingData(
        read.dataset(), read.split(), loss, read.warnedBefore(warnings).warnings());
  }
}
