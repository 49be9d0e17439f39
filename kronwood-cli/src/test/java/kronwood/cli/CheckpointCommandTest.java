package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kronwood.cli.terminal.ExitCodes;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CheckpointCommandTest {
  @TempDir Path folder;
  private TinyData data;
  private String checkpoint;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
    checkpoint = "--checkpoint=" + data.path("saved");
  }

  private byte[] model() throws IOException {
    return Files.readAllBytes(Path.of(data.path("model.kron")));
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("saved"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLongerTrainingGoesOnWhereAShorterOneEnded() throws IOException {
    Run.well(data.train("--epochs=7"));
    byte[] expected = model();
    Run.well(data.train("--epochs=4", checkpoint));
    assertEquals(List.of("epoch-000003.kronck", "epoch-000004.kronck"), checkpoints());
    Run run = Run.well(data.train("--epochs=7", checkpoint, "--resume", "--progress=plain"));
    assertArrayEquals(expected, model());
    assertTrue(run.err().contains("going on after epoch 4"), run.err());
    assertFalse(run.err().contains("epoch 4/7"), run.err());
    assertTrue(run.err().contains("epoch 5/7"), run.err());
    assertTrue(run.out().contains("3 epochs after the 4 of an earlier run in "), run.out());
  }

  @Test
  void theReportCountsEpochsOfEarlierRuns() {
    Run.well(data.train("--epochs=2", checkpoint));
    JsonNode report = Run.well(data.train(checkpoint, "--resume", "--json")).json();
    assertEquals(3, report.get("epochs").asInt());
    assertEquals(2, report.get("resumed").asInt());
    assertEquals(1, report.get("losses").size());
  }

  @Test
  void goingOnWithAFinishedTrainingSavesItsModelAgain() throws IOException {
    Run.well(data.train(checkpoint));
    byte[] expected = model();
    Files.delete(Path.of(data.path("model.kron")));
    Run.well(data.train(checkpoint, "--resume"));
    assertArrayEquals(expected, model());
  }

  @Test
  void aFolderInUseIsRefusedWithoutResume() {
    Run.well(data.train(checkpoint));
    Run.refused(folder, data.train(checkpoint), "--checkpoint: folder", "--resume");
  }

  @Test
  void resumeNeedsAFolder() {
    Run.refused(folder, data.train("--resume"), "--resume: needs the folder");
    Run.refused(folder, data.train("--checkpoint-every=2"), "--checkpoint-every: needs");
    Run.refused(folder, data.train(checkpoint, "--checkpoint-every=0"), "--checkpoint-every");
  }

  @Test
  void otherOptionsOrDataAreRefused() throws IOException {
    Run.well(data.train(checkpoint));
    Run.refused(
        folder,
        data.train(checkpoint, "--resume", "--neurons=18"),
        "belongs to another training: its neurons is 16, here it is 18");
    Run.refused(
        folder,
        data.train(checkpoint, "--resume", "--train-where=part = 'train'"),
        "belongs to another training: its data differ");
    data.copy("left.csv", "left.csv", "a1,", "a1,1");
    Run.refused(folder, data.train(checkpoint, "--resume"), "its data differ");
  }

  @Test
  void aDamagedCheckpointIsWarnedOf() throws IOException {
    Run.well(data.train(checkpoint));
    byte[] expected = model();
    Path newest = folder.resolve("saved/epoch-000003.kronck");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);
    JsonNode report = Run.well(data.train(checkpoint, "--resume", "--json")).json();
    assertArrayEquals(expected, model());
    assertTrue(
        report.get("warnings").get(0).asString().contains("epoch-000003.kronck' is damaged"),
        report::toString);
  }

  /** So that it takes some epochs. */
  private String[] diverging(String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--epochs=200",
                "--learning-rate=14",
                "--skip=1",
                "--engine=block",
                "--average=none"));
    options.addAll(List.of(more));
    return data.train(options.toArray(String[]::new));
  }

  private static int epochOfDivergence(Run run) {
    assertEquals(ExitCodes.DIVERGED, run.code(), run::toString);
    Matcher matcher = Pattern.compile("diverged in epoch (\\d+):").matcher(run.err());
    assertTrue(matcher.find(), run.err());
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void aTrainingThatDivergesNamesTheStepSizeAndWritesNothing() {
    Run run = Run.of(diverging());
    int epoch = epochOfDivergence(run);
    assertTrue(epoch > 2, run.err());
    assertTrue(run.err().contains("take a learning rate below 14.00 with"), run.err());
    assertTrue(run.err().contains("--epochs " + (epoch - 1)), run.err());
    assertFalse(Files.exists(Path.of(data.path("model.kron"))));
  }

  @Test
  void withCheckpointsTheNetworkBeforeItDivergedIsSaved() throws IOException {
    Run run = Run.of(diverging(checkpoint));
    epochOfDivergence(run);
    Matcher saved =
        Pattern.compile("the network after epoch (\\d+) was saved to ").matcher(run.err());
    assertTrue(saved.find(), run.err());
    byte[] found = model();
    Run.well(diverging("--epochs=" + saved.group(1)));
    assertArrayEquals(weights(model()), weights(found));
  }

  private float[] weights(byte[] bytes) throws IOException {
    Path file = folder.resolve("copy.kron");
    Files.write(file, bytes);
    float[][] weights = ModelFile.load(file).network().weights();
    float[] all = new float[weights.length * weights[0].length];
    for (int r = 0; r < weights.length; r++) {
      System.arraycopy(weights[r], 0, all, r * weights[0].length, weights[0].length);
    }
    return all;
  }
}
