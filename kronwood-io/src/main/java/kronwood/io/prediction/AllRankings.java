package kronwood.io.prediction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.fault.InputException;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.scores.Scores;
import kronwood.io.scores.TupleWriter;
import kronwood.model.Model;
import kronwood.model.Partners;
import kronwood.model.Ranked;

/**
 * The best candidates for every entity of a mode, written as they are found: a row for each, with
 * both ids, the place from 1, and what they are ranked by (of an ensemble with its standard
 * deviation).
 *
 * <p>Cost: for each entity what {@link kronwood.model.GivenPredictor} takes for all candidates.
 * Memory: some 65,000 rows and what {@link TupleWriter} keeps, however many entities there are.
 */
public final class AllRankings {
  private static final int ROWS = 1 << 16;

  private final KnownEntities entities;
  private final List<ModeSpec> modes;
  private final int given;
  private final int[] candidates;
  private final boolean oneTable;
  private final Partners excluded;

  /**
   * Reads what is ranked.
   *
   * @param modes the model's modes
   * @param given mode of the entities that the other mode is ranked for, 0 or 1
   * @param wanted the candidates, as {@link RankCandidates} takes them
   * @param exclude tables of pairs to leave out
   * @throws InputException if the model is not one of pairs, or a table cannot be read or names an
   *     entity that is not known
   */
  public AllRankings(
      Model model,
      List<ModeSpec> modes,
      KnownEntities entities,
      int given,
      String wanted,
      List<String> exclude) {
    if (modes.size() != 2 || modes.getFirst().column().equals(modes.getLast().column())) {
      throw InputException.ofOption(
          "all",
          "is for models of pairs of two modes, this one has "
              + String.join(", ", modes.stream().map(ModeSpec::column).toList()));
    }
    this.entities = entities;
    this.modes = modes;
    this.given = given;
    int ranked = 1 - given;
    int[] listed = RankCandidates.wanted(model, modes, entities, ranked, wanted);
    this.candidates = Arrays.stream(listed).distinct().toArray();
    int[] tableOfMode = model.tableOfMode();
    this.oneTable = tableOfMode[0] == tableOfMode[1];
    List<EntityTuples> known = new ArrayList<>();
    for (String table : exclude) {
      known.add(RankCandidates.read("exclude", table, modes, entities.ids()));
    }
    this.excluded = Partners.of(known, given, model.form().structure().pairsOneTable());
  }

  /** Number of entities that candidates are ranked for. */
  public int entities() {
    return entities.idsOf(given).size();
  }

  /** Number of candidates, before those of an entity are left out. */
  public int candidates() {
    return candidates.length;
  }

  /**
   * Ranks and writes.
   *
   * @param top how many for each entity, fewer where it has fewer candidates
   * @param by the output to rank by
   * @param label name of its column
   * @return number of rows
   * @throws InputException if the file cannot be written
   */
  public long write(int top, int by, String label, Path out) {
    return TupleWriter.write(
        modes.stream().map(ModeSpec::column).toList(),
        out,
        writer -> {
          Rows rows = new Rows(writer, label);
          for (int entity = 0; entity < entities(); entity++) {
            rows.add(entity, best(entity, by, top));
          }
          rows.flush();
        });
  }

  private Ranked best(int entity, int by, int top) {
    int ranked = 1 - given;
    boolean[] leave = new boolean[entities.idsOf(ranked).size()];
    for (int partner : excluded.of(entity)) {
      leave[partner] = true;
    }
    if (oneTable) {
      leave[entity] = true;
    }
    int[] kept = Arrays.stream(candidates).filter(candidate -> !leave[candidate]).toArray();
    int[] tuple = new int[2];
    tuple[given] = entity;
    return entities.given(ranked, tuple).top(entities.numbers(ranked, kept), by, top);
  }

  /** Rows that wait to be written, as a writer takes many at once best. */
  private final class Rows {
    private final TupleWriter writer;
    private final String label;
    private final List<Integer> givens = new ArrayList<>();
    private final List<Ranked> lists = new ArrayList<>();
    private int waiting;

    Rows(TupleWriter writer, String label) {
      this.writer = writer;
      this.label = label;
    }

    void add(int entity, Ranked list) {
      givens.add(entity);
      lists.add(list);
      waiting += list.size();
      if (waiting >= ROWS) {
        flush();
      }
    }

    void flush() {
      int[] entity = new int[waiting];
      int[] number = new int[waiting];
      int[] place = new int[waiting];
      double[] predictions = new double[waiting];
      boolean deviate = lists.stream().anyMatch(Ranked::hasDeviations);
      double[] deviations = new double[deviate ? waiting : 0];
      int row = 0;
      for (int i = 0; i < lists.size(); i++) {
        Ranked list = lists.get(i);
        for (int k = 0; k < list.size(); k++) {
          entity[row] = givens.get(i);
          number[row] = list.candidates()[k];
          place[row] = k + 1;
          predictions[row] = list.predictions()[k];
          if (deviate) {
            deviations[row] = list.deviations()[k];
          }
          row++;
        }
      }
      EntityIds ids = entities.idsOf(given);
      writer.add(
          (at, mode) -> mode == given ? ids.id(entity[at]) : entities.idOfNumber(mode, number[at]),
          Scores.ranked("rank", place, label, predictions).withDeviations(deviations));
      givens.clear();
      lists.clear();
      waiting = 0;
    }
  }
}
