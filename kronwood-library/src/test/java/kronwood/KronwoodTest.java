package kronwood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.Setting;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.loss.SoftmaxLoss;
import kronwood.validate.FoldResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class KronwoodTest {
  private static final int LEFT = 10;
  private static final int RIGHT = 8;

  private static List<String> ids(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static double[][] features(int seed, int rows, int columns) {
    Random random = new Random(seed);
    double[][] features = new double[rows][columns];
    for (double[] row : features) {
      for (int c = 0; c < columns; c++) {
        row[c] = random.nextGaussian();
      }
    }
    return features;
  }

  private static TrainingArrays tables() {
    return new TrainingArrays("left", "right")
        .features("left", ids("l", LEFT), features(1, LEFT, 3))
        .features("right", ids("r", RIGHT), features(2, RIGHT, 2));
  }

  private static TrainingData pairs() {
    double[][] u = features(1, LEFT, 3);
    double[][] v = features(2, RIGHT, 2);
    TrainingArrays arrays = tables();
    for (int i = 0; i < LEFT; i++) {
      for (int j = 0; j < RIGHT; j++) {
        double y = u[i][0] * v[j][0] - u[i][1] * v[j][1];
        if ((i + j) % 4 == 0) {
          arrays.addTest(y, "l" + i, "r" + j);
        } else {
          arrays.add(y, "l" + i, "r" + j);
        }
      }
    }
    return arrays.data();
  }

  private static ModelOptions small(TrainingData data) {
    ModelOptions options = Kronwood.options(data);
    return options
        .withNetwork(options.network().withNeurons(32))
        .withTraining(options.training().withEpochs(30).withBatch(8))
        .withThreads(1);
  }

  private static void refused(Executable call, String... parts) {
    String message = String.valueOf(assertThrows(InputException.class, call).getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
    }
    assertFalse(message.contains("--"), () -> "names an option of a command line: " + message);
  }

  @Test
  void trainsFromArraysAndPredictsByIds(@TempDir Path folder) {
    TrainingData data = pairs();
    KronwoodModel model = Kronwood.train(data, small(data));
    double mse = model.metrics("test").getOrDefault("mse", Double.NaN);
    double variance = model.metrics("train").getOrDefault("mse", Double.NaN);
    assertTrue(mse < 1 && variance < 1, mse + " and " + variance);
    Path file = folder.resolve("model.kron");
    model.save(file);
    KronwoodModel loaded = KronwoodModel.load(file);
    assertEquals(model.predict("l3", "r5"), loaded.predict("l3", "r5"));
    assertEquals(model.metrics("test"), loaded.metrics("test"));
  }

  @Test
  void rankingAgreesWithPredictingEach() {
    TrainingData data = pairs();
    KronwoodModel model = Kronwood.train(data, small(data));
    List<KronwoodModel.Scored> best = model.rank("right", 3, "l2");
    List<Double> all = new ArrayList<>();
    for (int j = 0; j < RIGHT; j++) {
      all.add(model.predict("l2", "r" + j));
    }
    all.sort((one, other) -> Double.compare(other, one));
    assertEquals(3, best.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(all.get(i), best.get(i).prediction(), 1e-6);
      assertEquals(
          best.get(i).prediction(), model.predict("l2", best.get(i).id()), 1e-6, "place " + i);
      assertTrue(Double.isNaN(best.get(i).deviation()));
    }
  }

  @Test
  void aNewEntityWithTheColumnsOfAKnownOnePredictsAsThatDoes(@TempDir Path folder)
      throws IOException {
    StringBuilder left = new StringBuilder("id,a,b\n");
    StringBuilder right = new StringBuilder("id,c\n");
    StringBuilder pairs = new StringBuilder("left,right,y\n");
    for (int i = 0; i < 6; i++) {
      left.append("l%d,%d,%d%n".formatted(i, i, i * i % 5));
      right.append("r%d,%d%n".formatted(i, 3 - i));
      for (int j = 0; j < 6; j++) {
        pairs.append("l%d,r%d,%d%n".formatted(i, j, i * (3 - j)));
      }
    }
    Files.writeString(folder.resolve("left.csv"), left);
    Files.writeString(folder.resolve("right.csv"), right);
    Files.writeString(folder.resolve("pairs.csv"), pairs);
    TrainingData data =
        new TrainingTables(folder.resolve("pairs.csv").toString(), "left", "right")
            .target("y")
            .features("left", folder.resolve("left.csv").toString())
            .features("right", folder.resolve("right.csv").toString())
            .read();
    KronwoodModel model =
        Kronwood.trainPlain(data, small(data)).withEntity("left", "new", Map.of("a", 2, "b", 4));
    assertEquals(model.predict("l2", "r1"), model.predict("new", "r1"), 1e-5);
    refused(() -> model.withEntity("left", "x", Map.of("a", 2)), "'x'", "no column 'b'");
    KronwoodModel both = model.withEntity("left", "other", Map.of("a", 3, "b", 4));
    assertEquals(model.predict("new", "r1"), both.predict("new", "r1"));
    assertEquals(model.predict("l3", "r1"), both.predict("other", "r1"), 1e-5);
    refused(() -> model.withEntity("middle", "x", Map.of("a", 2)), "no table 'middle'");
  }

  @Test
  void crossValidationTestsEachSampleOnce() {
    TrainingData data = pairs();
    List<FoldResult> folds = Kronwood.crossValidate(data, small(data), Setting.A, 3);
    assertEquals(3, folds.size());
    assertEquals(data.split().train().length, folds.stream().mapToInt(FoldResult::test).sum());
    for (FoldResult fold : folds) {
      assertEquals(data.split().train().length, fold.train() + fold.test());
    }
  }

  @Test
  void plansAreListedCheapestFirst() {
    TrainingData data = pairs();
    var plans = Kronwood.explain(data, small(data));
    assertTrue(plans.size() > 3);
    for (int i = 1; i < plans.size(); i++) {
      assertTrue(plans.get(i - 1).nanosPerSample() <= plans.get(i).nanosPerSample());
    }
  }

  @Test
  void classesAreLearnedByName() {
    TrainingArrays arrays = tables();
    String[] names = {"low", "mid", "high"};
    for (int i = 0; i < LEFT; i++) {
      for (int j = 0; j < RIGHT; j++) {
        arrays.addClass(names[(i + j) % 3], "l" + i, "r" + j);
      }
    }
    TrainingData data = arrays.data();
    KronwoodModel model = Kronwood.train(data, small(data));
    double[] row = model.predictAll(List.of(List.of("l0", "r0")))[0];
    assertEquals(3, row.length);
    assertEquals(1, row[0] + row[1] + row[2], 1e-9);
    refused(() -> model.predict("l0", "r0"), "predicts 3 numbers");
  }

  @Test
  void manyThreadsPredictWhatOneDoes() throws InterruptedException {
    TrainingData data = pairs();
    KronwoodModel model = Kronwood.train(data, small(data));
    double[] expected = new double[LEFT];
    double[] found = new double[LEFT];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < LEFT; i++) {
      expected[i] = model.predict("l" + i, "r1");
      int left = i;
      threads.add(Thread.startVirtualThread(() -> found[left] = model.predict("l" + left, "r1")));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertArrayEquals(expected, found);
  }

  @Test
  void badArraysAreRefusedAtTheDoor() {
    List<String> two = List.of("a", "b");
    refused(() -> new TrainingArrays(), "no mode");
    refused(
        () -> new TrainingArrays("x").features("x", List.of("a", "a"), new double[2][1]),
        "duplicate id 'a'");
    refused(() -> new TrainingArrays("x").features("y", two, new double[2][1]), "'y'", "x");
    refused(() -> new TrainingArrays("x").features("x", two, new double[3][1]), "3 rows for 2 ids");
    refused(
        () -> new TrainingArrays("x").features("x", two, new double[][] {{1}, {Double.NaN}}),
        "row 1, column 0 is NaN");
    refused(
        () -> new TrainingArrays("x").features("x", two, new double[][] {{1}, {1, 2}}), "row 1");
    refused(
        () -> new TrainingArrays("x").similarity("x", two, new double[][] {{1, 0}, {1, 1}}),
        "symmetric");
    refused(() -> tables().add(1, "l1"), "names 1 entities", "left, right");
    refused(() -> tables().add(Double.NaN, "l1", "r1"), "NaN");
    refused(() -> tables().add(1, "l1", "r99").data(), "'r99'", "'right'");
    refused(() -> tables().addTest(1, "l1", "r1").data(), "no sample to train on");
    refused(() -> tables().addClass("a", "l1", "r1").data(), "only one class");
    refused(
        () -> tables().addClass("a", "l1", "r1").add(1, "l2", "r1").data(), "sample 1", "number");
    refused(
        () ->
            new TrainingArrays("left", "other")
                .features("left", two, new double[2][1])
                .add(1, "a", "b")
                .data(),
        "mode 'other' has no entities");
  }

  @Test
  void badOptionsAreRefusedAtTheDoor() {
    TrainingData data = pairs();
    ModelOptions options = small(data);
    refused(() -> options.withMemory(Double.NaN), "memory is NaN");
    refused(() -> options.withThreads(0), "threads is 0");
    refused(() -> options.training().withEpochs(-1), "epochs is -1");
    refused(() -> options.network().withNeurons(3), "even number");
    refused(() -> options.gram().withConstant(-1), "constant is -1");
    refused(() -> Kronwood.train(data, options.withLoss(new SoftmaxLoss())), "softmax", "squared");
    refused(() -> Kronwood.crossValidate(data, options, Setting.A, 1), "at least 2");
    refused(() -> Kronwood.train(data, options.withMemory(10)), "memory");
  }

  @Test
  void badIdsAndFilesAreRefusedAtTheDoor(@TempDir Path folder) throws IOException {
    TrainingData data = pairs();
    KronwoodModel model = Kronwood.train(data, small(data));
    refused(() -> model.predict("l1"), "names 1 entities");
    refused(() -> model.predict("l1", "rr1"), "'rr1'", "closest: 'r1'");
    refused(() -> model.rank("middle", 3, "l1"), "no mode 'middle'");
    refused(() -> model.rank("right", 3), "0 given entities");
    refused(() -> KronwoodModel.load(folder.resolve("none.kron")), "none.kron");
    Path text = Files.writeString(folder.resolve("text.kron"), "hello");
    refused(() -> KronwoodModel.load(text), "not a Kronwood model");
    refused(() -> model.save(folder.resolve("no/such/model.kron")), "no folder");
    assertEquals(List.of(text), listed(folder));
    refused(() -> new TrainingTables(folder.resolve("no.csv").toString(), "a"), "no.csv");
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
