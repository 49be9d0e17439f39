package examples;

import java.nio.file.Path;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingData;
import kronwood.TrainingTables;

class FirstSteps {
  public static void main(String[] args) {
    TrainingData data =
        new TrainingTables("examples/pairs/pairs.csv", "left", "right")
            .target("affinity")
            .features("left", "examples/pairs/left.csv")
            .similarity("right", "examples/pairs/right_similarity.csv")
            .testWhere("fold = 'test'")
            .read();
    KronwoodModel model = Kronwood.train(data);
    System.out.println(model.metrics("test").get("mse") + " " + model.predict("D1", "P1"));
    model.rank("right", 5, "D1").forEach(System.out::println);
    model.save(Path.of(args[0])); // again by KronwoodModel.load
  }
}
