package examples;

import java.nio.file.Path;
import java.util.Map;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingData;
import kronwood.TrainingTables;

/** Reads tables, trains with defaults, saves, loads, predicts, ranks. */
public final class FromCsv {
  /** Runs; the argument is the file for the model. */
  public static void main(String[] args) {
    TrainingData data =
        new TrainingTables("examples/pairs/pairs.csv", "left", "right")
            .target("affinity")
            .features("left", "examples/pairs/left.csv")
            .similarity("right", "examples/pairs/right_similarity.csv")
            .testWhere("fold = 'test'")
            .read();
    Kronwood.train(data).save(Path.of(args[0]));

    KronwoodModel model = KronwoodModel.load(Path.of(args[0]));
    System.out.printf("test error %.3f%n", model.metrics("test").get("mse"));
    System.out.printf("D1 and P1: %.2f%n", model.predict("D1", "P1"));
    model.rank("right", 3, "D1").forEach(System.out::println);
    KronwoodModel more =
        model.withEntity("left", "mine", Map.of("size", 0.9, "charge", 0, "rings", 1));
    System.out.printf("a new one and P1: %.2f%n", more.predict("mine", "P1"));
  }
}
