package examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingArrays;
import kronwood.TrainingData;
import kronwood.fit.ModelOptions;

/** Makes entities and samples in memory, and trains with options of its own. */
public final class FromArrays {
  /** Runs. */
  public static void main(String[] args) {
    Random random = new Random(1);
    List<String> users = new ArrayList<>();
    List<String> items = new ArrayList<>();
    double[][] userFeatures = new double[40][3];
    double[][] itemFeatures = new double[30][3];
    fill(random, "user", users, userFeatures);
    fill(random, "item", items, itemFeatures);

    TrainingArrays arrays =
        new TrainingArrays("user", "item")
            .features("user", users, userFeatures)
            .features("item", items, itemFeatures);
    for (int u = 0; u < users.size(); u++) {
      for (int i = 0; i < items.size(); i++) {
        double rating = userFeatures[u][0] * itemFeatures[i][0] - userFeatures[u][1];
        if (random.nextInt(5) == 0) {
          arrays.addTest(rating, users.get(u), items.get(i));
        } else {
          arrays.add(rating, users.get(u), items.get(i));
        }
      }
    }
    TrainingData data = arrays.data();
    ModelOptions options = Kronwood.options(data);
    KronwoodModel model =
        Kronwood.train(
            data,
            options
                .withNetwork(options.network().withNeurons(256).withSeed(3))
                .withTraining(options.training().withEpochs(30)));
    System.out.printf("test r² %.3f%n", model.metrics("test").get("r2"));
  }

  private static void fill(Random random, String name, List<String> ids, double[][] features) {
    for (int e = 0; e < features.length; e++) {
      ids.add(name + e);
      for (int c = 0; c < features[e].length; c++) {
        features[e][c] = random.nextGaussian();
      }
    }
  }
}
