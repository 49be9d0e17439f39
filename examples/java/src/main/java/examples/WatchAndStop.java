package examples;

import java.util.concurrent.atomic.AtomicBoolean;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingData;
import kronwood.TrainingTables;
import kronwood.fit.ModelOptions;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;

/** Prints the loss of each epoch, and stops when it is small enough. */
public final class WatchAndStop {
  /** Runs. */
  public static void main(String[] args) {
    TrainingData data =
        new TrainingTables("examples/pairs/pairs.csv", "left", "right")
            .target("affinity")
            .features("left", "examples/pairs/left.csv")
            .similarity("right", "examples/pairs/right_similarity.csv")
            .testWhere("fold = 'test'")
            .read();
    AtomicBoolean enough = new AtomicBoolean();
    TrainingListener printing =
        event -> {
          if (event instanceof TrainingEvent.EpochDone done) {
            System.out.printf("epoch %d: loss %.4f%n", done.report().epoch(), done.report().loss());
          }
        };
    TrainingListener stopping =
        event -> {
          if (event instanceof TrainingEvent.EpochDone done && done.report().loss() < 0.1) {
            enough.set(true);
          }
        };
    ModelOptions options = Kronwood.options(data);
    KronwoodModel model =
        Kronwood.train(
            data,
            options.withTraining(options.training().withEpochs(500)),
            printing.andThen(stopping),
            enough::get,
            null);
    System.out.printf("test error %.3f%n", model.metrics("test").get("mse"));
  }
}
