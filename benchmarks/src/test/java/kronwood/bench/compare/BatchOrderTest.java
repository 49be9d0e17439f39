package kronwood.bench.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.OptionalDouble;
import kronwood.data.Dataset;
import kronwood.data.RealTargets;
import kronwood.data.Split;
import kronwood.gram.GramOptions;
import kronwood.input.StructuredInputs;
import kronwood.loss.EncodedTargets;
import kronwood.loss.SquaredLoss;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.train.EpochReport;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
  private static final int BATCH = 6;
  private static final int EPOCHS = 3;

  /** Plain loops in the order of these batches; another order would give other losses. */
  @Test
  void theBatchesAreTheTrainersOwn() {
    Dataset data = new RandomPairs(6, 5, 20, 4, 3).plain();
    NetworkOptions network = NetworkOptions.of(8, 11);
    Split split = Split.trainOnAll(20);
    StructuredInputs inputs = Coordinates.of(data, GramOptions.DEFAULT);
    TrainingResult result =
        Trainer.train(
            new TrainingProblem(inputs, data.samples(), split, new SquaredLoss()),
            network,
            TrainingOptions.plain(BATCH, EPOCHS, OptionalDouble.empty(), 0, EngineChoice.DENSE, 1),
            1e9,
            TrainingListener.NONE);
    RealTargets real = (RealTargets) data.samples().targets();
    EncodedTargets encoded = EncodedTargets.of(real, new SquaredLoss(), split.train());
    double[] y = new double[20];
    for (int i = 0; i < y.length; i++) {
      y[i] = (real.value(i, 0) - encoded.offset(0)) / encoded.scale(0);
    }
    double[] losses =
        train(inputs, y, new InitialWeights(network, 1), result.course().learningRate());
    double[] expected = result.course().epochs().stream().mapToDouble(EpochReport::loss).toArray();
    assertArrayEquals(expected, losses, 1e-9);
  }

  private static double[] train(
      StructuredInputs inputs, double[] y, InitialWeights initial, double learningRate) {
    int m = initial.options().neurons();
    double shift = initial.options().shift();
    double[][] w = new double[m][(int) inputs.dimension()];
    for (int r = 0; r < m; r++) {
      initial.weights(r, w[r]);
    }
    List<List<int[]>> epochs =
        BatchOrder.of(inputs.size(), BATCH, initial.options().seed(), EPOCHS);
    double[] losses = new double[EPOCHS];
    for (int e = 0; e < EPOCHS; e++) {
      for (int[] batch : epochs.get(e)) {
        double[][] change = new double[m][w[0].length];
        for (int sample : batch) {
          double[] x = new double[w[0].length];
          inputs.materialise(sample, x);
          double f = 0;
          boolean[] fires = new boolean[m];
          for (int r = 0; r < m; r++) {
            double z = dot(w[r], x);
            fires[r] = z > shift;
            f += fires[r] ? initial.sign(0, r) * (z - shift) / Math.sqrt(m) : 0;
          }
          losses[e] += 0.5 * (f - y[sample]) * (f - y[sample]) / inputs.size();
          for (int r = 0; r < m; r++) {
            double c = -learningRate * (f - y[sample]) / batch.length / Math.sqrt(m);
            for (int i = 0; fires[r] && i < x.length; i++) {
              change[r][i] += initial.sign(0, r) * c * x[i];
            }
          }
        }
        for (int r = 0; r < m; r++) {
          for (int i = 0; i < w[r].length; i++) {
            w[r][i] += change[r][i];
          }
        }
      }
    }
    return losses;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void lapsAreEpochsOrConsecutivePartsOfThem() {
    List<List<int[]>> epochs = BatchOrder.of(10, 4, 1, 3);
    assertSame(epochs, BatchOrder.laps(epochs, 3));
    assertSame(epochs, BatchOrder.laps(epochs, 60));
    List<List<int[]>> laps = BatchOrder.laps(epochs, 2);
    assertEquals(3, laps.size());
    assertSame(epochs.get(0).get(0), laps.get(0).get(0));
    assertSame(epochs.get(0).get(1), laps.get(0).get(1));
    assertSame(epochs.get(0).get(2), laps.get(1).get(0));
    assertSame(epochs.get(1).get(0), laps.get(1).get(1));
    assertSame(epochs.get(1).get(2), laps.get(2).get(1));
    assertEquals(8, BatchOrder.samples(laps.get(0)));
    assertEquals(2 + 4, BatchOrder.samples(laps.get(1)));
  }
}
