package kronwood.model;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.fault.InputException;
import kronwood.input.PairStructure;
import kronwood.measure.RankingMetrics;
import kronwood.measure.RankingReport;
import org.jspecify.annotations.Nullable;

/**
 * Measures how well a model ranks: for each entity of one mode that the test samples name, all
 * candidates of the other are ranked, and those that test samples say are relevant should come
 * first.
 *
 * <p>All relevant test samples of an entity count, however many. Candidates that no test sample
 * names count as not relevant. What was trained on is to be left out: {@code known}. Where both
 * modes are of one table an entity is no candidate for itself, and where exchanging the two makes
 * no difference, a pair is known and relevant in either order.
 *
 * <p>Cost: for each entity what {@link GivenPredictor} takes for all candidates, and O(n log n) for
 * n of them. Memory: a few numbers a candidate and a sample.
 */
public final class RankingEvaluation {
  private static final byte RELEVANT = 1;
  private static final byte KNOWN = 2;

  /** Predicts for many candidates of an entity. */
  @FunctionalInterface
  public interface Scores {
    /** A number for each candidate, the larger the better. */
    double[] of(int given, int[] candidates);
  }

  private final RankingOptions options;
  private final int[] candidates;
  private final int entities;
  private final boolean oneTable;

  private final int[] given;
  private final Partners relevant;
  private final Partners known;

  private RankingEvaluation(
      RankingOptions options,
      int[] candidates,
      boolean oneTable,
      int[] given,
      Partners relevant,
      Partners known) {
    this.options = options;
    this.candidates = candidates;
    this.entities = 1 + Arrays.stream(candidates).max().orElse(-1);
    this.oneTable = oneTable;
    this.given = given;
    this.relevant = relevant;
    this.known = known;
  }

  /**
   * Measures a model that was trained on a part of a data set.
   *
   * @param test positions of the test samples
   * @param known positions of the samples whose pairs are left out, as a rule those that were
   *     trained on
   * @param candidates entities of the ranked mode, distinct; null for all
   * @throws InputException if samples are no pairs of two modes, targets are neither two classes
   *     nor one number with a least relevant one, or a cut is larger than the number of candidates
   */
  public static RankingReport of(
      Model model,
      Dataset data,
      int[] test,
      int[] known,
      int @Nullable [] candidates,
      RankingOptions options,
      int threads) {
    Predictor predictor = model.predictor(threads);
    Samples samples = data.samples();
    int ranked = options.ranked();
    int[] all =
        candidates != null || data.modes().size() != 2
            ? candidates
            : IntStream.range(0, data.modes().get(ranked).table().size()).toArray();
    return of(
        model,
        samples.select(test),
        List.of(samples.tuples().select(known)),
        all == null ? new int[0] : all,
        options,
        (one, some) -> predictor.given(ranked, tuple(options, one)).predict(some));
  }

  /**
   * Measures predictions.
   *
   * @param model says which modes and which structure pairs have
   * @param test samples, whose entities are numbered as {@code scores} takes them
   * @param known pairs that are left out
   * @param candidates entities of the ranked mode, distinct, in the order that decides between
   *     equal predictions
   * @throws InputException as the other method does
   */
  public static RankingReport of(
      Model model,
      Samples test,
      List<EntityTuples> known,
      int[] candidates,
      RankingOptions options,
      Scores scores) {
    List<String> modes = model.modeNames();
    if (modes.size() != 2 || modes.getFirst().equals(modes.getLast())) {
      throw new InputException(
          "ranking metrics are for pairs of two modes, found " + String.join(", ", modes));
    }
    checkCuts(options, candidates.length, modes.get(options.ranked()));
    int[] tableOfMode = model.tableOfMode();
    PairStructure structure = model.form().structure();
    boolean exchangeable = structure.pairsOneTable();
    boolean sameEitherWay = exchangeable && !structure.isOdd();
    boolean[] positive = relevant(test, options);
    EntityTuples pairs = test.tuples();
    Partners relevant =
        Partners.of(
            List.of(
                pairs.select(IntStream.range(0, test.size()).filter(i -> positive[i]).toArray())),
            options.given(),
            sameEitherWay);
    IntStream given = IntStream.range(0, pairs.size()).map(i -> pairs.entity(i, options.given()));
    return new RankingEvaluation(
            options,
            candidates,
            tableOfMode[0] == tableOfMode[1],
            IntStream.concat(given, Arrays.stream(relevant.entities()))
                .distinct()
                .sorted()
                .toArray(),
            relevant,
            Partners.of(known, options.given(), exchangeable))
        .measure(scores);
  }

  /**
   * Checks, before anything is trained, that there are as many candidates as are looked at.
   *
   * @param candidates how many there are
   * @param mode name of the ranked mode, for the message
   * @throws InputException if there are fewer
   */
  public static void checkCuts(RankingOptions options, int candidates, String mode) {
    int most = options.cuts().getLast();
    if (most > candidates) {
      throw new InputException(
          "ranking metrics at %d: mode '%s' has only %d candidates, expected at most %d"
              .formatted(most, mode, candidates, candidates));
    }
    if (options.sampled() > 0 && most > options.sampled()) {
      throw new InputException(
          "ranking metrics at %d: only %d candidates are drawn for each entity, expected at least"
                  .formatted(most, options.sampled())
              + " as many");
    }
  }

  private static boolean[] relevant(Samples test, RankingOptions options) {
    boolean[] relevant = new boolean[test.size()];
    switch (test.targets()) {
      case ClassTargets classes when classes.classes().size() == 2 -> {
        if (!Double.isNaN(options.relevant())) {
          throw new InputException(
              "relevant from %s on: is for targets that are numbers; of the classes %s the last one"
                      .formatted(options.relevant(), String.join(", ", classes.classes()))
                  + " is relevant");
        }
        for (int i = 0; i < relevant.length; i++) {
          relevant[i] = classes.label(i) == 1;
        }
      }
      case RealTargets real when real.outputs() == 1 -> {
        if (Double.isNaN(options.relevant())) {
          throw new InputException(
              "ranking metrics need to know from which number on '%s' is relevant"
                  .formatted(real.names().getFirst()));
        }
        for (int i = 0; i < relevant.length; i++) {
          relevant[i] = real.value(i, 0) >= options.relevant();
        }
      }
      default ->
          throw new InputException(
              "ranking metrics are for two classes or one number, found targets "
                  + String.join(", ", test.targets().names()));
    }
    return relevant;
  }

  private static int[] tuple(RankingOptions options, int given) {
    int[] tuple = new int[2];
    tuple[options.given()] = given;
    return tuple;
  }

  private RankingReport measure(Scores scores) {
    int[] place = new int[entities];
    for (int i = 0; i < candidates.length; i++) {
      place[candidates[i]] = i;
    }
    RankingMetrics metrics = new RankingMetrics(options.cuts(), candidates.length);
    byte[] state = new byte[entities];
    for (int entity : given) {
      mark(relevant.of(entity), RELEVANT, state);
      mark(known.of(entity), KNOWN, state);
      int[] kept = kept(entity, state);
      boolean[] right = new boolean[kept.length];
      boolean any = false;
      for (int i = 0; i < kept.length; i++) {
        right[i] = state[kept[i]] == RELEVANT;
        any |= right[i];
      }
      // Nothing needs to be predicted where nothing can be found.
      double[] predictions = any ? scores.of(entity, kept) : new double[kept.length];
      metrics.add(Arrays.stream(kept).map(e -> place[e]).toArray(), predictions, right);
      mark(relevant.of(entity), (byte) 0, state);
      mark(known.of(entity), (byte) 0, state);
    }
    return metrics.report();
  }

  private static void mark(int[] some, byte as, byte[] state) {
    for (int candidate : some) {
      if (candidate < state.length) {
        state[candidate] = as;
      }
    }
  }

  /** The candidates of an entity, in their order. */
  private int[] kept(int entity, byte[] state) {
    int[] kept = new int[candidates.length];
    int count = 0;
    int others = 0;
    for (int candidate : candidates) {
      if (state[candidate] != KNOWN && !(oneTable && candidate == entity)) {
        kept[count++] = candidate;
        others += state[candidate] == RELEVANT ? 0 : 1;
      }
    }
    int wanted = options.sampled();
    if (wanted == 0 || wanted >= others) {
      return Arrays.copyOf(kept, count);
    }
    // Selection sampling: exactly as many as wanted, each subset equally likely, in order. Each
    // entity has draws of its own, so that they do not depend on the others.
    SplittableRandom random = new SplittableRandom(31 * options.seed() + entity);
    int drawn = 0;
    for (int i = 0; i < count; i++) {
      boolean keep = state[kept[i]] == RELEVANT;
      if (!keep) {
        keep = random.nextInt(others) < wanted;
        others--;
        wanted -= keep ? 1 : 0;
      }
      if (keep) {
        kept[drawn++] = kept[i];
      }
    }
    return Arrays.copyOf(kept, drawn);
  }
}
