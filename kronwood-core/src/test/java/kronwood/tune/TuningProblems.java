package kronwood.tune;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.data.fold.Folds;
import kronwood.fit.ModelOptions;
import kronwood.gram.GramOptions;
import kronwood.loss.Loss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;

/** The data set and the options that tests of tuning share. */
public final class TuningProblems {
  static final int SIDE = 14;

  private TuningProblems() {}

  public static ModelOptions options(Loss loss) {
    return new ModelOptions(
        GramOptions.DEFAULT.withAddedIdentity(0),
        loss,
        NetworkOptions.of(32, 3),
        TrainingOptions.plain(16, 6, OptionalDouble.empty(), 0, EngineChoice.AUTO, 2),
        1e9);
  }

  static TuningOptions trials(int count, Setting setting) {
    return new TuningOptions(
        Double.POSITIVE_INFINITY, count, TunedParts.BOTH, setting, List.of(), 2, 5);
  }

  /** All pairs; targets bilinear in features of which only a part is told, plus noise. */
  static Dataset grid(Random random, boolean classes) {
    float[] left = gaussian(random, SIDE * 4);
    float[] right = gaussian(random, SIDE * 3);
    int[] entities = new int[2 * SIDE * SIDE];
    float[] affinity = new float[SIDE * SIDE];
    int[] labels = new int[affinity.length];
    float[] leftEffect = gaussian(random, SIDE);
    for (int i = 0; i < affinity.length; i++) {
      int u = i / SIDE;
      int v = i % SIDE;
      entities[2 * i] = u;
      entities[2 * i + 1] = v;
      affinity[i] =
          left[4 * u] * right[3 * v]
              - left[4 * u + 1] * right[3 * v + 1]
              + leftEffect[u]
              + 0.1f * (float) random.nextGaussian();
      labels[i] = affinity[i] > 0.5 ? 1 : 0;
    }
    Targets targets =
        classes
            ? ClassTargets.of("active", List.of("no", "yes"), labels)
            : RealTargets.of(List.of("affinity"), affinity);
    return Dataset.of(
        List.of(
            new Mode("left", Problems.table("left", DenseFeatures.of(SIDE, 4, left))),
            new Mode("right", Problems.table("right", DenseFeatures.of(SIDE, 3, right)))),
        Samples.of(EntityTuples.of(2, entities), targets));
  }

  private static float[] gaussian(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static Split split(Dataset data, Setting setting) {
    int[] all = new int[data.samples().size()];
    Arrays.setAll(all, i -> i);
    return Folds.of(data, setting, all, List.of(), 4, 0, 1).split(0);
  }

  /** Collects what is tried. */
  static TrainingListener trialsTo(List<TuningTrial> told) {
    return event -> {
      if (event instanceof TrainingEvent.TrialDone trial) {
        told.add(
            new TuningTrial(
                trial.what(), trial.choice(), trial.error(), trial.best(), trial.seconds()));
      }
    };
  }
}
