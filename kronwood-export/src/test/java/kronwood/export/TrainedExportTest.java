package kronwood.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingArrays;
import kronwood.TrainingData;
import kronwood.fit.ModelOptions;
import kronwood.model.Model;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelTensors;
import kronwood.network.Ensemble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trained models, exported from their files and checked on the rows that they were trained on. */
class TrainedExportTest {
  private static final int LEFT = 14;
  private static final int RIGHT = 10;

  @TempDir Path folder;

  private static TrainingData data() {
    Random random = new Random(1);
    double[][] u = features(random, LEFT, 3);
    double[][] v = features(random, RIGHT, 2);
    TrainingArrays arrays =
        new TrainingArrays("left", "right")
            .features("left", ids("l", LEFT), u)
            .features("right", ids("r", RIGHT), v);
    for (int i = 0; i < LEFT; i++) {
      for (int j = 0; j < RIGHT; j++) {
        arrays.add(100 + u[i][0] * v[j][0] - u[i][1], "l" + i, "r" + j);
      }
    }
    return arrays.data();
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

  private static ModelOptions options(TrainingData data, int members) {
    ModelOptions options = Kronwood.options(data);
    return options
        .withNetwork(options.network().withNeurons(24 * members).withEnsemble(Ensemble.of(members)))
        .withTraining(options.training().withEpochs(2).withBatch(16))
        .withThreads(1);
  }

  @Test
  void whatTrainingMakesIsExported() throws IOException, OrtException {
    TrainingData data = data();
    Model model = check(Kronwood.train(data, options(data, 1)));
    assertEquals(4, model.settings().size(), "weights of the parts");
  }

  @Test
  void anEnsembleIsExportedWithItsDeviations() throws IOException, OrtException {
    TrainingData data = data();
    Model model = check(Kronwood.train(data, options(data, 3)));
    assertEquals(1, model.target().calibration().size(), "calibrated");
  }

  @Test
  void aTunedModelIsExportedWithItsLinearPart() throws IOException, OrtException {
    TrainingData data = data();
    Model model = check(Kronwood.tune(data, options(data, 1), 3).model());
    assertTrue(model.network().hasLinear(), "linear part");
  }

  private Model check(KronwoodModel trained) throws IOException, OrtException {
    Path file = folder.resolve("model.kron");
    trained.save(file);
    Path graph = folder.resolve("model.onnx");
    OnnxExport.of(ModelFile.open(file), List.of(InputKind.IDS, InputKind.IDS)).write(graph);
    Model model = trained.model();
    int[] pairs = new int[2 * LEFT * RIGHT];
    for (int i = 0; i < LEFT * RIGHT; i++) {
      pairs[2 * i] = i / RIGHT;
      pairs[2 * i + 1] = i % RIGHT;
    }
    try (OnnxRun run = new OnnxRun(graph)) {
      OnnxComparison.compare(model, run, OnnxComparison.inputs(model, InputKind.IDS, pairs), pairs);
    }
    return model;
  }

  @Test
  void anArchiveHoldsTheArraysOfTheModelFile() throws IOException {
    TrainingData data = data();
    Path file = folder.resolve("model.kron");
    Kronwood.train(data, options(data, 1)).save(file);
    Path archive = folder.resolve("model.npz");
    NpzExport.write(file, archive);
    try (ModelTensors tensors = ModelTensors.open(file);
        ZipFile zip = new ZipFile(archive.toFile())) {
      assertEquals(tensors.tensors().size() + 2, zip.size());
      assertEquals(
          tensors.text(), new String(elements(zip, "kronwood", "|u1"), StandardCharsets.UTF_8));
      assertEquals(
          tensors.sha256(), new String(elements(zip, "sha256", "|u1"), StandardCharsets.UTF_8));
      for (ModelTensors.Tensor tensor : tensors.tensors()) {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        tensors.copy(tensor, expected);
        assertArrayEquals(expected.toByteArray(), elements(zip, tensor.name(), ""), tensor.name());
      }
      byte[] weights = elements(zip, "weights", "<f4");
      float first = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getFloat();
      assertEquals(ModelFile.load(file).network().weights()[0][0], first);
    }
    byte[] bytes = Files.readAllBytes(archive);
    NpzExport.write(file, archive);
    assertArrayEquals(bytes, Files.readAllBytes(archive));
  }

  /** Elements of an array, whose header says what NumPy's format demands. */
  private static byte[] elements(ZipFile zip, String name, String type) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    byte[] all = zip.getInputStream(entry).readAllBytes();
    String header = new String(all, 0, 128, StandardCharsets.ISO_8859_1);
    assertTrue(header.startsWith("\u0093NUMPY\u0001\u0000"), header);
    int length = (all[8] & 0xFF) + ((all[9] & 0xFF) << 8);
    assertEquals(0, (10 + length) % 64, "elements are aligned");
    assertEquals('\n', all[9 + length]);
    assertTrue(header.contains("'descr': '" + type) && header.contains("'shape': ("), header);
    return Arrays.copyOfRange(all, 10 + length, all.length);
  }
}
