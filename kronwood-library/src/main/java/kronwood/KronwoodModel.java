package kronwood;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.entities.EntitySource;
import kronwood.io.pairs.LabelledPairs;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.TargetKind;
import kronwood.io.pairs.TargetSpec;
import kronwood.io.prediction.AllRankings;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.prediction.PairRankings;
import kronwood.io.prediction.RankCandidates;
import kronwood.io.table.ClosestName;
import kronwood.io.table.TableSource;
import kronwood.measure.MetricReport;
import kronwood.measure.RankingReport;
import kronwood.model.Model;
import kronwood.model.ModelTarget;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictions;
import kronwood.model.Ranked;
import kronwood.model.RankingOptions;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A trained model that predicts by ids. Immutable and thread-safe: many threads may predict with
 * one.
 *
 * <p>A prediction costs the width times the weights of a neuron; many at once cost far less each
 * than one by one, and a ranking less still. Memory: the model's weights, and the coordinates of
 * all entities.
 */
public final class KronwoodModel {
  private final Model model;
  private final int threads;
  private final List<ModeSpec> modes;
  private final AddedEntities added;
  private final KnownEntities entities;

  KronwoodModel(Model model, int threads) {
    this(model, threads, AddedEntities.NONE);
  }

  private KronwoodModel(Model model, int threads, AddedEntities added) {
    this.model = model;
    this.threads = threads;
    this.added = added;
    List<ModeSpec> specs = new ArrayList<>();
    for (int mode = 0; mode < model.modeNames().size(); mode++) {
      specs.add(new ModeSpec(model.modeNames().get(mode), model.table(mode).name()));
    }
    this.modes = List.copyOf(specs);
    this.entities = KnownEntities.of(model, modes, added.sources(), threads, _ -> {});
  }

  /**
   * Loads a model that was saved by {@link #save} or by the command line, to predict on all
   * processors.
   *
   * @throws InputException if there is no such file, or it is not a model that can be read
   */
  public static KronwoodModel load(Path file) {
    try {
      return new KronwoodModel(ModelFile.load(file), Runtime.getRuntime().availableProcessors());
    } catch (ModelFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()), Facts.inFile(file.toString()), e);
    } catch (IOException e) {
      throw new InputException(
          "model '" + file + "' cannot be read: " + e.getMessage(),
          Facts.inFile(file.toString()),
          e);
    }
  }

  /**
   * Saves the model. The file appears, or is replaced, in one step.
   *
   * @throws InputException if the file cannot be written
   */
  public void save(Path file) {
    try {
      ModelFile.save(model, file);
    } catch (IOException e) {
      throw new InputException(String.valueOf(e.getMessage()), Facts.inFile(file.toString()), e);
    }
  }

  /** The same model, predicting on another number of threads. */
  public KronwoodModel withThreads(int other) {
    return new KronwoodModel(model, other, added);
  }

  /**
   * The same model, which also knows the entities of a table with features: the columns that it was
   * trained with.
   *
   * @param table name of the model's table
   * @param source a file, or whatever {@link TrainingTables} takes
   * @throws InputException if it cannot be read, or columns are missing
   */
  public KronwoodModel withFeatures(String table, String source) {
    return with(added.with(table, EntitySource.features(TableSource.parse(source))));
  }

  /**
   * The same model, which also knows the entities of a table with similarities to those that it was
   * trained on.
   *
   * @throws InputException if it cannot be read, or columns are missing
   */
  public KronwoodModel withSimilarities(String table, String source) {
    return with(added.with(table, EntitySource.similarity(TableSource.parse(source))));
  }

  /**
   * The same model, which also knows a new entity by its columns. May be called once for each.
   *
   * @param columns a number or a text for each column of features that the model was trained with
   * @throws InputException if a column is missing or does not fit, or the table's new entities are
   *     given by a source already
   */
  public KronwoodModel withEntity(String table, String id, Map<String, ?> columns) {
    return with(added.with(table, id, columns));
  }

  private KronwoodModel with(AddedEntities others) {
    return new KronwoodModel(model, threads, others);
  }

  /**
   * The prediction for one entity of each mode: a number, or the probability of the positive class.
   *
   * @param ids in the order of the model's modes
   * @throws InputException if an id is unknown, or the model predicts several numbers
   */
  public double predict(String... ids) {
    if (model.target().outputs() > 1) {
      throw new InputException(
          "the model predicts %d numbers for a pair, ask for all of them"
              .formatted(model.target().outputs()));
    }
    return predictAll(List.of(List.of(ids)))[0][0];
  }

  /**
   * Predictions for several tuples: a row for each, of the targets or the classes' probabilities
   * (of two classes: the positive one's).
   *
   * @throws InputException if a tuple does not name one entity of each mode, or an unknown one
   */
  public double[][] predictAll(List<List<String>> tuples) {
    int[] numbers = new int[Math.multiplyExact(tuples.size(), modes.size())];
    for (int i = 0; i < tuples.size(); i++) {
      List<String> tuple = tuples.get(i);
      if (tuple.size() != modes.size()) {
        throw new InputException(
            "tuple %d names %d entities, expected one of each mode: %s"
                .formatted(i, tuple.size(), String.join(", ", model.modeNames())));
      }
      for (int k = 0; k < modes.size(); k++) {
        numbers[i * modes.size() + k] = number(k, tuple.get(k));
      }
    }
    double[] values = entities.predict(EntityTuples.of(modes.size(), numbers)).values();
    int outputs = model.target().outputs();
    double[][] rows = new double[tuples.size()][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * outputs, (i + 1) * outputs));
    return rows;
  }

  private int number(int mode, String id) {
    EntityIds ids = entities.idsOf(mode);
    int number = ids.indexOf(id);
    if (number < 0) {
      @Nullable String closest = ClosestName.of(id, ids.asList());
      String table = modes.get(mode).table();
      throw new InputException(
          "'%s' of mode '%s' is not among the %d entities of table '%s'%s"
              .formatted(
                  id,
                  model.modeNames().get(mode),
                  ids.size(),
                  table,
                  closest == null ? "" : " (closest: '" + closest + "')"),
          Facts.of(Remedy.NEW_ENTITIES)
              .inMode(model.modeNames().get(mode), table)
              .found(id, "an id of table " + table));
    }
    return number;
  }

  /**
   * An entity and its prediction.
   *
   * @param id of the entity
   * @param prediction the number or probability that it is ranked by
   * @param deviation standard deviation of the prediction, NaN if the model is no ensemble
   */
  public record Scored(String id, double prediction, double deviation) {}

  /**
   * The entities of one mode with the largest predictions, given an entity of each other mode, the
   * best first. Of several targets or classes it is the first target or last class that counts. In
   * pairs of one table's entities the given one is left out.
   *
   * @param mode the mode whose entities are ranked
   * @param count how many are wanted
   * @param given ids of the other modes, in their order
   * @throws InputException if there is no such mode, or an id is unknown
   */
  public List<Scored> rank(String mode, int count, String... given) {
    int free = model.modeNames().indexOf(mode);
    if (free < 0) {
      throw noMode(mode);
    }
    if (given.length != modes.size() - 1) {
      throw new InputException(
          "found %d given entities, expected one of each mode but '%s'"
              .formatted(given.length, mode));
    }
    int[] tuple = new int[modes.size()];
    int next = 0;
    for (int k = 0; k < tuple.length; k++) {
      tuple[k] = k == free ? 0 : number(k, given[next++]);
    }
    ModelTarget target = model.target();
    int by = target.classes().size() > 2 ? target.outputs() - 1 : 0;
    int itself = RankCandidates.itself(model, free, tuple);
    int[] all =
        IntStream.range(0, entities.idsOf(free).size()).filter(id -> id != itself).toArray();
    Ranked ranked = entities.given(free, tuple).top(entities.numbers(free, all), by, count);
    List<Scored> best = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      best.add(
          new Scored(
              entities.idOfNumber(free, ranked.candidates()[i]),
              ranked.predictions()[i],
              ranked.hasDeviations() ? ranked.deviations()[i] : Double.NaN));
    }
    return List.copyOf(best);
  }

  /**
   * Writes the best candidates for every entity of a mode, in rows of both ids, the rank from 1 and
   * the prediction, as they are found.
   *
   * @param given the mode whose entities are given; the other is ranked
   * @param count how many for each
   * @param exclude sources of tables of pairs to leave out, such as those that are known already
   * @param out a .csv, .tsv, .json, .ndjson (also .gz) or .parquet file
   * @return number of rows
   * @throws InputException if the model is not one of pairs or has no such mode, a table cannot be
   *     read, or the file cannot be written
   */
  public long rankAll(String given, int count, List<String> exclude, Path out) {
    int mode = model.modeNames().indexOf(given);
    if (mode < 0) {
      throw noMode(given);
    }
    ModelTarget target = model.target();
    int by = target.classes().size() > 2 ? target.outputs() - 1 : 0;
    return new AllRankings(model, modes, entities, mode, RankCandidates.ALL, exclude)
        .write(count, by, target.classes().isEmpty() ? "score" : "probability", out);
  }

  private InputException noMode(String mode) {
    return new InputException(
        "the model has no mode '%s', its modes are %s"
            .formatted(mode, String.join(", ", model.modeNames())));
  }

  /**
   * Compares predictions with the targets of a table of pairs.
   *
   * @param pairs source of the table
   * @param where which rows count, an SQL predicate, or null for all
   * @throws InputException if it cannot be read, or names entities that are not known
   */
  public MetricReport evaluate(String pairs, @Nullable String where) {
    LabelledPairs read = labelled(pairs, where);
    Predictions predictions = entities.predict(read.samples().tuples());
    int[] all = IntStream.range(0, read.samples().size()).toArray();
    return PairEvaluation.of(read.samples(), all, predictions);
  }

  /**
   * Measures how well all entities of one mode are ranked for each entity of the other that the
   * table names: precision, recall, hit rate, NDCG, MAP and MRR, see {@link
   * kronwood.measure.RankingMetric}. Of two classes the positive one is relevant, of numbers those
   * from {@link RankingOptions#relevant} on.
   *
   * @param pairs source of the table
   * @param where which rows are the truth, an SQL predicate, or null for all; the pairs of the
   *     other rows are no candidates, as they are known
   * @param exclude sources of tables whose pairs are no candidates either, such as those that were
   *     trained on
   * @param options at which k, and which mode is given; {@link RankingOptions#at} begins
   * @throws InputException if a table cannot be read, names entities that are not known, or
   *     rankings cannot be measured with these options
   */
  public RankingReport evaluateRanking(
      String pairs, @Nullable String where, List<String> exclude, RankingOptions options) {
    return new PairRankings(entities, modes, TableSource.parse(pairs))
        .measure(model, labelled(pairs, where), exclude, null, options);
  }

  private LabelledPairs labelled(String pairs, @Nullable String where) {
    ModelTarget target = model.target();
    TargetKind kind =
        switch (target.loss().task()) {
          case REGRESSION -> TargetKind.REAL;
          case BINARY -> TargetKind.BINARY;
          case MULTICLASS -> TargetKind.MULTICLASS;
        };
    return PairsReader.readLabelled(
        TableSource.parse(pairs),
        modes,
        entities.ids(),
        new TargetSpec(target.names(), kind, null, target.classes(), null).withRepeats(true),
        where);
  }

  /**
   * Metrics at the end of training, by key such as {@code mse}; NaN where undefined, nothing if
   * there was no such part.
   *
   * @param part {@code train}, {@code validation} or {@code test}
   */
  public Map<String, Double> metrics(String part) {
    return model.provenance().metrics().getOrDefault(part, Map.of());
  }

  /** How the model came about: options, seed, plan, digest of the data, versions. */
  public Map<String, String> provenance() {
    return model.provenance().facts();
  }

  /** The model itself: weights, tables, target. */
  public Model model() {
    return model;
  }
}
