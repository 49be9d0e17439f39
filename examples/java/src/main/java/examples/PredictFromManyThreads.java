package examples;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingData;
import kronwood.TrainingTables;

/** One model serves many threads; each prediction then takes one thread. */
public final class PredictFromManyThreads {
  /** Runs. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    TrainingData data =
        new TrainingTables("examples/pairs/pairs.csv", "left", "right")
            .target("affinity")
            .features("left", "examples/pairs/left.csv")
            .similarity("right", "examples/pairs/right_similarity.csv")
            .read();
    KronwoodModel model = Kronwood.train(data).withThreads(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Double>> requests =
          IntStream.rangeClosed(1, 20)
              .mapToObj(i -> threads.submit(() -> model.predict("D" + i, "P1")))
              .toList();
      double best = Double.NEGATIVE_INFINITY;
      for (Future<Double> request : requests) {
        best = Math.max(best, request.get());
      }
      System.out.printf("%d predictions, the best %.2f%n", requests.size(), best);
    }
  }
}
