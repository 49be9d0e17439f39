package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingData;
import kronwood.TrainingTables;
import kronwood.fit.ModelOptions;
import kronwood.loss.LogisticLoss;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java programs train is what the command line trains. */
class FrontDoorTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private byte[] trained(String... options) throws IOException {
    String[] args = new String[options.length + 7];
    args[0] = "train";
    args[1] = "--pairs=" + data.path("pairs.csv");
    args[2] = "--modes=left,right";
    args[3] = "--features=left=" + data.path("left.csv");
    args[4] = "--similarity=right=" + data.path("right_similarity.csv");
    args[5] = "--progress=none";
    args[6] = "--out=" + data.path("command.kron");
    System.arraycopy(options, 0, args, 7, options.length);
    Run.well(args);
    return Files.readAllBytes(folder.resolve("command.kron"));
  }

  private TrainingTables tables() {
    return new TrainingTables(data.path("pairs.csv"), "left", "right")
        .features("left", data.path("left.csv"))
        .similarity("right", data.path("right_similarity.csv"));
  }

  private byte[] saved(KronwoodModel model) throws IOException {
    Path file = folder.resolve("java.kron");
    model.save(file);
    return Files.readAllBytes(file);
  }

  @Test
  void defaultsTrainTheModelOfTheCommandToTheLastByte() throws IOException {
    TrainingData read = tables().target("affinity").testWhere("part = 'test'").read();
    assertArrayEquals(
        trained("--target=affinity", "--test-where=part = 'test'"), saved(Kronwood.train(read)));
  }

  @Test
  void optionsTrainTheModelOfTheCommandToTheLastByte() throws IOException {
    TrainingData read =
        tables()
            .target("active")
            .loss(new LogisticLoss())
            .positive("yes")
            .validationWhere("part = 'validation'")
            .identity("left", 0.5)
            .read();
    ModelOptions options = Kronwood.options(read);
    options =
        options
            .withNetwork(options.network().withNeurons(32).withSeed(7))
            .withGram(options.gram().withConstant(0.5))
            .withTraining(
                options.training().withEpochs(5).withBatch(8).withMomentum(0.5).withPatience(2))
            .withThreads(1);
    byte[] command =
        trained(
            "--target=active",
            "--loss=logistic",
            "--positive=yes",
            "--validation-where=part = 'validation'",
            "--identity=left=0.5",
            "--neurons=32",
            "--seed=7",
            "--constant=0.5",
            "--epochs=5",
            "--batch=8",
            "--momentum=0.5",
            "--patience=2",
            "--threads=1");
    assertArrayEquals(command, saved(Kronwood.train(read, options)));
  }

  @Test
  void aTunedModelIsThatOfTheCommandToTheLastByte() throws IOException {
    TrainingData read = tables().target("affinity").testWhere("part = 'test'").read();
    ModelOptions options = Kronwood.options(read);
    options = options.withNetwork(options.network().withNeurons(16)).withThreads(1);
    byte[] command =
        trained(
            "--target=affinity",
            "--test-where=part = 'test'",
            "--neurons=16",
            "--threads=1",
            "--tune=3");
    assertArrayEquals(command, saved(Kronwood.tune(read, options, 3).model()));
  }

  @Test
  void evaluatingGivesTheMetricsOfTheCommand() throws IOException {
    trained("--target=affinity", "--test-where=part = 'test'", "--epochs=3", "--neurons=16");
    KronwoodModel model = KronwoodModel.load(folder.resolve("command.kron"));
    double mse =
        model.evaluate(data.path("pairs.csv"), "part = 'test'").get(kronwood.measure.Metric.MSE);
    assertEquals(
        Run.well(
                "evaluate",
                "--model=" + data.path("command.kron"),
                "--pairs=" + data.path("pairs.csv"),
                "--where=part = 'test'",
                "--json")
            .json()
            .at("/metrics/test/mse")
            .asDouble(),
        mse);
  }
}
