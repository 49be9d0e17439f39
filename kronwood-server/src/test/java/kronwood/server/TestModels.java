package kronwood.server;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingArrays;
import kronwood.TrainingData;
import kronwood.fit.ModelOptions;
import kronwood.network.Ensemble;

/** Small trained models. */
final class TestModels {
  static final int LEFT = 8;
  static final int RIGHT = 6;

  private TestModels() {}

  /** A model of pairs; another seed gives another one. */
  static KronwoodModel pairs(long seed, int members) {
    Random random = new Random(seed);
    TrainingArrays arrays =
        new TrainingArrays("left", "right")
            .features("left", ids("l", LEFT), features(random, LEFT, 3))
            .features("right", ids("r", RIGHT), features(random, RIGHT, 2));
    for (int i = 0; i < LEFT; i++) {
      for (int j = 0; j < RIGHT; j++) {
        arrays.add(random.nextGaussian(), "l" + i, "r" + j);
      }
    }
    return train(arrays.data(), members);
  }

  private static KronwoodModel train(TrainingData data, int members) {
    ModelOptions options = Kronwood.options(data);
    return Kronwood.trainPlain(
        data,
        options
            .withNetwork(
                options.network().withNeurons(8 * members).withEnsemble(Ensemble.of(members)))
            .withTraining(options.training().withEpochs(2).withBatch(8))
            .withThreads(1));
  }

  private static List<String> ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static double[][] features(Random random, int rows, int columns) {
    double[][] features = new double[rows][columns];
    for (double[] row : features) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.nextGaussian();
      }
    }
    return features;
  }
}
