package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.gram.GramOptions;
import kronwood.loss.LogisticLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.train.StopSignal;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;

class ScreeningTest {
  private static final int ENTITIES = 401;
  private static final int COLUMNS = 100;
  private static final int SAMPLES = 1000;
  private static final int ROWS = 700;

  /** Small ones, so that small data are large. */
  private static final Screening.Limits LIMITS = new Screening.Limits(ENTITIES - 1, ROWS);

  private static final Dataset DATA = data();

  /** Each entity multiplied with itself; two classes told by the sign of a product of features. */
  private static Dataset data() {
    Random random = new Random(1);
    float[] features = new float[ENTITIES * COLUMNS];
    for (int i = 0; i < features.length; i++) {
      // The first features vary most, so that few components tell the classes.
      features[i] = (float) random.nextGaussian() * (i % COLUMNS < 6 ? 3 : 0.1f);
    }
    EntityTable table = Problems.table("image", DenseFeatures.of(ENTITIES, COLUMNS, features));
    int[] entities = new int[2 * SAMPLES];
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int e = i % ENTITIES;
      entities[2 * i] = e;
      entities[2 * i + 1] = e;
      labels[i] = features[e * COLUMNS] * features[e * COLUMNS + 1] > 0 ? 1 : 0;
    }
    return Dataset.of(
        List.of(new Mode("a", table), new Mode("b", table)),
        Samples.of(
            EntityTuples.of(2, entities), ClassTargets.of("kind", List.of("no", "yes"), labels)));
  }

  private static Split split() {
    int[] train = Problems.range(0, SAMPLES - 100);
    return new Split(train, new int[0], Problems.range(SAMPLES - 100, SAMPLES));
  }

  private static ModelOptions options(Map<String, Integer> components) {
    return new ModelOptions(
        new GramOptions(true, 1, 1e-10, components),
        new LogisticLoss(),
        NetworkOptions.of(8, 3),
        TrainingOptions.plain(64, 1, OptionalDouble.empty(), 0, EngineChoice.AUTO, 2),
        2e9);
  }

  private static TuningOptions trials(int count) {
    return new TuningOptions(
        Double.POSITIVE_INFINITY, count, TunedParts.NETWORK, Setting.A, List.of(), 1, 5);
  }

  private static TunedModel fit(
      ModelOptions options, TuningOptions tuning, List<TuningTrial> told) {
    return Tuning.fit(
        DATA,
        split(),
        options,
        tuning,
        LIMITS,
        TuningProblems.trialsTo(told),
        StopSignal.NEVER,
        null);
  }

  @Test
  void largeTablesForWhichNothingWasSaidAreOpen() {
    assertEquals(
        List.of("image"),
        Screening.open(DATA, options(Map.of()), LIMITS).stream().map(EntityTable::name).toList());
    assertEquals(List.of(), Screening.open(DATA, options(Map.of("image", 9)), LIMITS));
    assertEquals(
        List.of(),
        Screening.open(TuningProblems.grid(new Random(1), false), options(Map.of()), LIMITS));
    assertEquals(
        List.of(), Screening.open(DATA, options(Map.of()), new Screening.Limits(ENTITIES, ROWS)));
    assertEquals(List.of(), Screening.open(DATA, options(Map.of()), Screening.Limits.DEFAULT));
    assertEquals(5000, Screening.Limits.DEFAULT.entities());
  }

  @Test
  void aSampleHasItsOwnEntitiesWithTheirFeaturesAndLabels() {
    SampledData sample = SampledData.of(DATA, split(), trials(1), ROWS);
    assertEquals(ROWS, sample.data().samples().size());
    assertEquals(ROWS, sample.split().train().length + sample.split().validation().length);
    EntityTable table = sample.data().tables().getFirst();
    assertTrue(table.size() < ENTITIES);
    DenseFeatures features = (DenseFeatures) table.attributes();
    ClassTargets classes = (ClassTargets) sample.data().samples().targets();
    boolean[] occurs = new boolean[table.size()];
    for (int i = 0; i < ROWS; i++) {
      int e = sample.data().samples().tuples().entity(i, 0);
      assertEquals(e, sample.data().samples().tuples().entity(i, 1));
      float[] row = Arrays.copyOfRange(features.toArray(), e * COLUMNS, (e + 1) * COLUMNS);
      assertEquals(row[0] * row[1] > 0 ? 1 : 0, classes.label(i));
      occurs[e] = true;
    }
    for (boolean one : occurs) {
      assertTrue(one);
    }
  }

  @Test
  void componentsAreChosenOnASampleAndKeptInTheFinalTraining() {
    List<TuningTrial> told = new ArrayList<>();
    TunedModel tuned = fit(options(Map.of()), trials(6), told);

    assertTrue(told.size() <= 6, told::toString);
    assertEquals("network on a sample", told.getFirst().what());
    assertTrue(told.getFirst().choice().contains("image components 48"), told::toString);
    assertTrue(told.get(1).choice().contains("image components 96"), told::toString);
    assertFalse(tuned.report().inputs().equals("as given"));
    int rank = tuned.trained().model().tables().getFirst().map().rank();
    assertTrue(
        tuned.report().inputs().contains("image components " + (rank - 1)),
        () -> tuned.report().inputs() + ", rank " + rank);
  }

  @Test
  void whereComponentsAreGivenNothingIsSampled() {
    List<TuningTrial> told = new ArrayList<>();
    fit(options(Map.of("image", 6)), trials(1), told);
    assertEquals(List.of("network"), told.stream().map(TuningTrial::what).toList());
  }
}
