package examples;

import java.nio.file.Path;
import java.util.Map;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingData;
import kronwood.TrainingTables;
import kronwood.fault.InputException;

/** Encodes a column with {@link LogEncoder}, which the model keeps. */
public final class OwnEncoder {
  /** Runs; the argument is the file for the model. */
  public static void main(String[] args) {
    TrainingData data =
        new TrainingTables("examples/pairs/pairs.csv", "left", "right")
            .target("affinity")
            .features("left", "examples/pairs/left.csv")
            .encode("left", "size", "log")
            .similarity("right", "examples/pairs/right_similarity.csv")
            .testWhere("fold = 'test'")
            .read();
    Kronwood.train(data).save(Path.of(args[0]));

    KronwoodModel model = KronwoodModel.load(Path.of(args[0]));
    model.model().table(0).blocks().forEach(block -> System.out.println(block.description()));
    System.out.printf("test error %.3f%n", model.metrics("test").get("mse"));
    KronwoodModel more =
        model.withEntity("left", "mine", Map.of("size", 0.9, "charge", 0, "rings", 1));
    System.out.printf("a new one and P1: %.2f%n", more.predict("mine", "P1"));
    try {
      model.withEntity("left", "bad", Map.of("size", -1, "charge", 0, "rings", 1));
    } catch (InputException e) {
      System.out.println(e.getMessage());
    }
  }
}
