package kronwood.io.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.data.EntityTuples;
import kronwood.fault.InputException;
import kronwood.io.pairs.LabelledPairs;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.UnlabelledPairs;
import kronwood.io.table.TableSource;
import kronwood.measure.RankingReport;
import kronwood.model.Model;
import kronwood.model.RankingEvaluation;
import kronwood.model.RankingOptions;
import org.jspecify.annotations.Nullable;

/**
 * How well a model ranks the pairs of a table.
 *
 * <p>The rows that are read are the truth. All other rows of the table are taken as known: their
 * pairs are no candidates. So are those of further tables.
 *
 * @param entities those that the model can predict for
 * @param modes the model's modes, with the columns that hold their ids
 * @param source the table
 */
public record PairRankings(KnownEntities entities, List<ModeSpec> modes, TableSource source) {
  /** All entities are candidates. */
  public static final String ALL = "all";

  /**
   * Measures.
   *
   * @param truth rows of the table, with their targets
   * @param exclude tables of pairs that are no candidates either
   * @param candidates {@link #ALL}, or a table with a column of ids named like the ranked mode
   * @throws InputException if a table cannot be read or names unknown entities, or {@link
   *     RankingEvaluation} cannot measure with these options
   */
  public RankingReport measure(
      Model model,
      LabelledPairs truth,
      List<String> exclude,
      @Nullable String candidates,
      RankingOptions options) {
    List<EntityTuples> known = new ArrayList<>();
    known.add(otherRows(truth.rows()));
    for (String table : exclude) {
      known.add(RankCandidates.read("exclude", table, modes, entities.ids()));
    }
    int ranked = options.ranked();
    int[] all =
        modes.size() != 2
            ? new int[0]
            : candidates == null || candidates.equals(ALL)
                ? IntStream.range(0, entities.idsOf(ranked).size()).toArray()
                : RankCandidates.listed(
                    "rank-candidates", candidates, modes.get(ranked), entities.ids());
    return RankingEvaluation.of(
        model,
        truth.samples(),
        known,
        all,
        options,
        (given, some) -> {
          int[] tuple = new int[2];
          tuple[options.given()] = given;
          return entities.given(ranked, tuple).predict(entities.numbers(ranked, some));
        });
  }

  /** The pairs of the table's rows but some. */
  private EntityTuples otherRows(int[] rows) {
    try (UnlabelledPairs all = PairsReader.readUnlabelled(source, modes, entities.ids())) {
      boolean[] taken = new boolean[all.size()];
      Arrays.stream(rows).forEach(row -> taken[row - 1] = true);
      return all.tuples().select(IntStream.range(0, taken.length).filter(i -> !taken[i]).toArray());
    }
  }
}
