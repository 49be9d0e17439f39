package kronwood.cli.entities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.cli.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Images and labels from idx files. */
class IdxCommandTest {
  private static final int TRAIN = 60;
  private static final int TEST = 20;
  private static final int SIDE = 3;

  @TempDir Path folder;

  /** Images whose class is their brightest row. */
  @BeforeEach
  void writeFiles() throws IOException {
    Random random = new Random(17);
    write(random, "train", TRAIN);
    write(random, "test", TEST);
  }

  private void write(Random random, String name, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    labels.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(SIDE);
      labels.put((byte) label);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        images.put((byte) (random.nextInt(60) + (pixel / SIDE == label ? 150 : 0)));
      }
    }
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }

  private String files(String kind, String... names) {
    StringBuilder list = new StringBuilder();
    for (String name : names) {
      list.append(list.isEmpty() ? "" : ",").append(folder.resolve(name + "-" + kind + "-ubyte"));
    }
    return list.toString();
  }

  private String[] train(String labels, String images, String... options) {
    String[] args = {
      "train",
      "--pairs=" + labels,
      "--target=label",
      "--modes=image,image",
      "--features=image=" + images,
      "--loss=softmax",
      "--neurons=32",
      "--epochs=10",
      "--batch=8",
      "--progress=none",
      "--json",
      "--out=" + folder.resolve("m.kron")
    };
    String[] all = Arrays.copyOf(args, args.length + options.length);
    System.arraycopy(options, 0, all, args.length, options.length);
    return all;
  }

  @Test
  void imagesOfSeparateFilesAreLearnedAndTestedInOneCommand() {
    var metrics =
        Run.well(
                train(
                    files("labels-idx1", "train", "test"),
                    files("images-idx3", "train", "test"),
                    "--test-where=file = 2"))
            .json()
            .path("metrics");
    assertTrue(metrics.at("/test/accuracy").asDouble() > 0.9, metrics.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"image=WEIGHT,image=WEIGHT", "whole=VALUE", "whole=WEIGHT"})
  void anImageTimesItselfTrainsToTheSameModelInAllStates(String states) {
    String labels = files("labels-idx1", "train");
    String images = files("images-idx3", "train");
    JsonNode expected = Run.well(train(labels, images, "--engine=dense")).json();
    JsonNode found =
        Run.well(train(labels, images, "--plan=" + states, "--precision=double")).json();
    for (int epoch = 0; epoch < 10; epoch++) {
      double loss = expected.at("/losses/" + epoch).asDouble();
      assertEquals(loss, found.at("/losses/" + epoch).asDouble(), 1e-9 * loss);
    }
  }

  @Test
  void newImagesAreEvaluatedByTheirOwnLabels() {
    Run.well(train(files("labels-idx1", "train"), files("images-idx3", "train")));
    String[] evaluate = {
      "evaluate",
      "--model=" + folder.resolve("m.kron"),
      "--pairs=" + files("labels-idx1", "test"),
      "--features=image=" + files("images-idx3", "test"),
      "--json"
    };
    var found = Run.well(evaluate).json();
    assertEquals(TEST, found.at("/samples/test").asInt(), found.toString());
    assertTrue(found.at("/metrics/test/accuracy").asDouble() > 0.9, found.toString());
    // Row numbers do not tell whether images are those that the model was trained with.
    assertEquals(0, found.get("testSettings").size());
    evaluate[2] = "--pairs=" + files("labels-idx1", "train");
    Run.refused(folder, evaluate, "labels of 60 rows", "has 20");
  }

  @Test
  void componentsOfImagesAreEnough() {
    String labels = files("labels-idx1", "train");
    String images = files("images-idx3", "train");
    Run.well(train(labels, images, "--components=image=2"));
    String[] evaluate = {
      "evaluate",
      "--model=" + folder.resolve("m.kron"),
      "--pairs=" + files("labels-idx1", "test"),
      "--features=image=" + files("images-idx3", "test"),
      "--json"
    };
    var found = Run.well(evaluate).json();
    assertTrue(found.at("/metrics/test/accuracy").asDouble() > 0.9, found.toString());
    String inspected = Run.well("inspect", "--model=" + folder.resolve("m.kron")).out();
    assertTrue(inspected.contains("image: 60 entities, rank 3"), inspected);
    for (String bad : new String[] {"image", "image=", "image=0", "image=x", "=3"}) {
      Run.refused(
          folder,
          train(labels, images, "--components=" + bad),
          "--components: found '" + bad + "'",
          "image=64");
    }
    Run.refused(
        folder, train(labels, images, "--components=picture=3"), "'picture'", "tables are image");
  }

  @Test
  void labelsNeedTheImagesThatTheyAreAbout() {
    Run.well(train(files("labels-idx1", "train"), files("images-idx3", "train")));
    String labels = files("labels-idx1", "test");
    for (String command : List.of("evaluate", "predict")) {
      // Without their images they would be about those that the model was trained with.
      String[] alone = {command, "--model=" + folder.resolve("m.kron"), "--pairs=" + labels};
      Run.refused(folder, alone, "--pairs", labels, "row i is about", "--features image=TABLE");
    }
    String[] args = train(labels, "unused", "--identity=image=1");
    args[4] = "--skip=0";
    Run.refused(folder, args, "--pairs", labels, "--features image=TABLE");
  }

  @Test
  void labelsAndATableOfAnotherLengthAreRefused() throws IOException {
    StringBuilder table = new StringBuilder("id,x,y\n");
    for (int i = 0; i < TRAIN; i++) {
      table.append(i).append(',').append(i % 7).append(',').append(i % 5).append('\n');
    }
    Path images = folder.resolve("images.csv");
    Files.writeString(images, table.toString());
    Run.well(train(files("labels-idx1", "train"), images.toString(), "--epochs=1"));
    Run.refused(
        folder,
        train(files("labels-idx1", "test"), images.toString()),
        "test-labels-idx1-ubyte: has labels of 20 rows",
        "table 'image' has 60 entities",
        "row i is about entity i");
    Path others = folder.resolve("others.csv");
    Files.writeString(others, table.toString().replace("\n", "\nother").replaceAll("other$", ""));
    String[] evaluate = {
      "evaluate",
      "--model=" + folder.resolve("m.kron"),
      "--pairs=" + files("labels-idx1", "train", "test"),
      "--features=image=" + others
    };
    Run.refused(folder, evaluate, "has labels of 60 + 20 rows", "table 'image' has 60 entities");
  }

  @Test
  void labelsThatAreNotThoseOfTheImagesAreRefused() {
    Run.refused(
        folder,
        train(files("labels-idx1", "train"), files("images-idx3", "train", "test")),
        "train-labels-idx1-ubyte: has labels of 60 rows",
        "has 60 + 20");
    Run.refused(
        folder,
        train(files("images-idx3", "train"), files("images-idx3", "train")),
        "train-images-idx3-ubyte",
        "expected labels");
    Run.refused(
        folder,
        train(files("labels-idx1", "missing"), files("images-idx3", "train")),
        "missing-labels-idx1-ubyte",
        "no such file");
  }
}
