package kronwood.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.data.EntityTable;
import kronwood.data.ReversedTuples;
import kronwood.data.Split;
import kronwood.fit.TrainingInputs;
import kronwood.gram.FactorReport;
import kronwood.input.PairStructure;
import kronwood.io.pairs.TrainingPairs;

/** What the user should know but need not change: shown at once, and kept for the JSON report. */
public final class Warnings implements Consumer<String> {
  private final Streams streams;
  private final List<String> all = new ArrayList<>();

  public Warnings(Streams streams) {
    this.streams = streams;
  }

  @Override
  public void accept(String warning) {
    all.add(warning);
    streams.warn(warning);
  }

  /** Warns of each table whose similarities had to be changed. */
  public void ofClipping(Map<String, FactorReport> factors) {
    factors.forEach(
        (table, report) -> {
          if (report.clipped() > 0) {
            accept(
                String.format(
                    Locale.ROOT,
                    "the similarities of table '%s' are not positive semi-definite: %s set to 0,"
                        + " the most negative %.3g, together %.2g %% of the spectrum",
                    table,
                    report.clipped() == 1
                        ? "1 negative eigenvalue was"
                        : report.clipped() + " negative eigenvalues were",
                    report.mostNegative(),
                    100 * report.clippedShare()));
          }
        });
  }

  /** Warns of tables whose entities cannot be told apart by what is trained on. */
  public void ofSingleEntities(TrainingPairs pairs) {
    List<EntityTable> tables = pairs.dataset().tables();
    for (int t = 0; t < tables.size(); t++) {
      int[] entities = TrainingInputs.trainingEntities(pairs.dataset(), pairs.split(), t);
      if (entities.length == 1) {
        accept(
            "all rows to train on have the same entity of table '%s', '%s': nothing can be learned of how its entities differ"
                .formatted(tables.get(t).name(), tables.get(t).ids().id(entities[0])));
      }
    }
  }

  /** Warns of test rows whose prediction follows from that of a training row. */
  public void ofReversed(PairStructure structure, TrainingPairs pairs) {
    Split split = pairs.split();
    if (!structure.pairsOneTable()) {
      return;
    }
    // An added negative may well be of another part, too.
    int reversed =
        ReversedTuples.among(
            pairs.dataset(), listed(pairs, split.train()), listed(pairs, split.test()));
    if (reversed > 0) {
      accept(
          "%d of the %d test rows are pairs that are trained on, in this or the other order:"
                  .formatted(reversed, split.test().length)
              + " with --structure %s these are no test".formatted(structure.key()));
    }
  }

  private static int[] listed(TrainingPairs pairs, int[] part) {
    return Arrays.stream(part).filter(sample -> pairs.rows()[sample] > 0).toArray();
  }

  public List<String> all() {
    return List.copyOf(all);
  }
}
