package kronwood.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.candidate.JackknifeValue;
import kronwood.candidate.Score;
import kronwood.data.ClassTargets;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Targets;
import kronwood.fault.InputException;
import kronwood.loss.EncodedTargets;
import kronwood.loss.Goal;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.loss.Task;
import kronwood.measure.Metrics;
import org.junit.jupiter.api.Test;

/** What choices are judged by. */
class GoalTest {
  private static final double NONE = Double.NaN;

  private static Goal of(String name, Task task) {
    return Goal.of(name, task, 2, NONE);
  }

  /** The validation samples of one division: all of some samples of left × right entities. */
  private static GoalMetric judge(Goal goal, Loss loss, int right, Targets targets) {
    int n = targets.size();
    int[] entities = new int[2 * n];
    int[] all = IntStream.range(0, n).toArray();
    for (int i : all) {
      entities[2 * i] = i / right;
      entities[2 * i + 1] = i % right;
    }
    Samples samples = Samples.of(EntityTuples.of(2, entities), targets);
    Validation.Part part =
        new Validation.Part(all, samples, EncodedTargets.of(targets, loss, all, true));
    return new GoalMetric(goal, List.of(part), loss, 1, new int[][] {all});
  }

  @Test
  void eachTaskHasItsMetrics() {
    assertSame(Goal.LOSS, of("loss", Task.REGRESSION));
    for (String key : "mse rmse mae r2 rm2 pearson spearman ci ic".split(" ")) {
      assertEquals(key, of(key, Task.REGRESSION).key());
    }
    for (String key : "accuracy logloss auc aupr f1 ece ic ndcg@20 recall@5 map mrr@1".split(" ")) {
      assertEquals(key, of(key, Task.BINARY).key());
    }
    assertEquals("auc", of("AUROC", Task.BINARY).key());
    assertTrue(of("auc", Task.BINARY).higherIsBetter());
    assertFalse(of("logloss", Task.MULTICLASS).higherIsBetter());
    assertEquals("ndcg@3", Goal.of("ndcg@3", Task.REGRESSION, 2, 1.5).key());
  }

  @Test
  void aMetricThatTheTaskLacksIsRefusedWithThoseThatItHas() {
    String numbers = refused("aupr", Task.REGRESSION, 2);
    assertTrue(numbers.startsWith("found 'aupr', expected one of loss mse rmse"), numbers);
    assertTrue(numbers.contains(" ci ic;"), numbers);
    String classes = refused("ci", Task.MULTICLASS, 2);
    assertEquals("found 'ci', expected one of loss accuracy logloss auc aupr f1 ece", classes);
    assertTrue(refused("coverage@5", Task.BINARY, 2).contains("ndcg@20"));
    assertTrue(refused("ndcg", Task.BINARY, 2).contains("ndcg@20"));
    assertTrue(refused("ndcg@0", Task.BINARY, 2).contains("ndcg@20"));
    assertFalse(refused("ic", Task.BINARY, 3).contains("ndcg"));
    assertEquals(
        "'ndcg@5' needs to know from which number on a target is relevant",
        refused("ndcg@5", Task.REGRESSION, 2));
  }

  private static String refused(String name, Task task, int modes) {
    return assertThrows(InputException.class, () -> Goal.of(name, task, modes, NONE)).getMessage();
  }

  @Test
  void numbersAreMeasuredInTheirOwnUnits() {
    float[] actual = {10, 30, 20, 80};
    RealTargets targets = RealTargets.of(List.of("y"), actual);
    EncodedTargets encoded =
        EncodedTargets.of(targets, new SquaredLoss(), new int[] {0, 1, 2, 3}, true);
    double[] predicted = {12, 25, 21, 60};
    double[] outputs = predicted.clone();
    Arrays.setAll(outputs, i -> (predicted[i] - encoded.offset(0)) / encoded.scale(0));
    double[] truth = {10, 30, 20, 80};
    for (String key : List.of("mse", "mae", "ci")) {
      Goal goal = of(key, Task.REGRESSION);
      double value = judge(goal, new SquaredLoss(), 2, targets).judge(outputs).value();
      assertEquals(
          Metrics.regression(predicted, truth).get(goal.metric()), value, 1e-4 * value, key);
    }
  }

  @Test
  void eachEntityRanksItsOwnValidationSamples() {
    ClassTargets targets =
        ClassTargets.of("did", List.of("0", "1"), new int[] {1, 0, 0, 0, 0, 1, 0, 0, 0});
    double[] outputs = {-3, -2, -1, 5, 4, 3, 9, 9, 9};
    GoalMetric judge = judge(of("mrr", Task.BINARY), new LogisticLoss(), 3, targets);
    // The first and the second rank theirs third, the last has none.
    assertEquals(1.0 / 3, judge.judge(outputs).value(), 1e-12);
    assertEquals(-1.0 / 3, judge.cost(outputs), 1e-12);
    assertEquals(
        0.5,
        judge(of("recall@2", Task.BINARY), new LogisticLoss(), 3, targets)
            .judge(new double[] {-3, -2, -1, 5, 4, 4.5, 0, 0, 0})
            .value());
    String message =
        assertThrows(
                InputException.class,
                () -> judge(of("ndcg@4", Task.BINARY), new LogisticLoss(), 3, targets))
            .getMessage();
    assertEquals(
        "ndcg@4: no entity has more than 3 validation samples to rank, take at most 3", message);
  }

  @Test
  void theEpochIsThatOfTheBestMetricNotOfTheLeastLoss() {
    ClassTargets targets = ClassTargets.of("did", List.of("0", "1"), new int[] {1, 0, 1, 0});
    Loss loss = new LogisticLoss();
    GoalMetric judge = judge(of("auc", Task.BINARY), loss, 2, targets);
    double[] sure = {3, -3, 0.1, 0.2};
    double[] right = {0.2, 0.1, 0.2, 0.1};
    NetworkTrial trial =
        new NetworkTrial(List.of(new NetworkTrial.Part(List.of(sure, right), 1, 1)), 0);
    double[] quarter = {0.25, 0.25, 0.25, 0.25};
    int[][] apart = {{0, 1, 2, 3}};
    Validation byLoss =
        new Validation(loss, true, 1, new double[] {1, 0, 1, 0}, quarter, new int[] {4}, apart);
    Validation byMetric =
        new Validation(
            loss, true, 1, new double[] {1, 0, 1, 0}, quarter, new int[] {4}, apart, judge);
    assertEquals(1, trial.atBestEpoch(byLoss).epochs());
    assertEquals(2, trial.atBestEpoch(byMetric).epochs());
    Score better = Blend.ofNetwork(byMetric, right).score();
    assertEquals(1, better.error());
    assertEquals(0.75, Blend.ofNetwork(byMetric, sure).score().error());
  }

  @Test
  void theJackknifeOfAMeanIsItsStandardError() {
    Random random = new Random(3);
    int n = 10;
    float[] actual = new float[n];
    double[] outputs = new double[n];
    for (int i = 0; i < n; i++) {
      actual[i] = (float) random.nextGaussian();
      outputs[i] = random.nextGaussian();
    }
    RealTargets targets = RealTargets.of(List.of("y"), actual);
    GoalMetric judge = judge(of("mse", Task.REGRESSION), new SquaredLoss(), 1, targets);
    JackknifeValue judgement = judge.judge(outputs);
    double[] losses = new double[n];
    for (int i = 0; i < n; i++) {
      losses[i] = n * judgement.value() - (n - 1) * judgement.without()[0][i];
    }
    double mean = Arrays.stream(losses).average().orElseThrow();
    assertEquals(judgement.value(), mean, 1e-9);
    double squares = Arrays.stream(losses).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(squares / (n * (n - 1.0)));
    // Better than another whose value is the same without any sample by one standard error.
    for (double gain : new double[] {0.9, 1.1}) {
      double shift = judgement.value() + gain * error;
      double[] others = new double[n];
      Arrays.fill(others, shift);
      JackknifeValue other = new JackknifeValue(shift, false, new double[][] {others});
      assertEquals(
          gain > 1,
          new Score(new double[0], new int[0][], new double[0], judgement)
              .isBetterThan(new Score(new double[0], new int[0][], new double[0], other)));
    }
  }
}
