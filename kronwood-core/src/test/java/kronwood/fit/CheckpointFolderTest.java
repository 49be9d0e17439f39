package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Split;
import kronwood.fault.CheckpointException;
import kronwood.fit.checkpoint.CheckpointFile;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.safetensors.SafetensorsDigest;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What is in a folder of checkpoints, and what becomes of it if it is damaged or another's. */
class CheckpointFolderTest {
  private static final CheckpointScenario SCENARIO = CheckpointScenario.of(1);
  private static final byte[] EXPECTED = SCENARIO.train(null);

  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("checkpoints");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path file(int epoch) {
    return folder().resolve("epoch-00000%d.kronck".formatted(epoch));
  }

  /** Trains until shortly after the end of an epoch. */
  private void trainBeyond(int epoch) {
    SCENARIO.killedInBatch(
        CheckpointScenario.fresh(folder()), epoch * CheckpointScenario.BATCHES + 3);
  }

  private CheckpointFolder resumed() {
    return CheckpointScenario.resumed(folder(), new ArrayList<>());
  }

  private static String refusal(CheckpointScenario scenario, CheckpointFolder folder) {
    return String.valueOf(
        assertThrows(CheckpointException.class, () -> scenario.train(folder)).getMessage());
  }

  @Test
  void theLastTwoAreKept() throws IOException {
    trainBeyond(1);
    assertEquals(List.of("epoch-000001.kronck"), names());
    SCENARIO.train(resumed());
    assertEquals(List.of("epoch-000005.kronck", "epoch-000006.kronck"), names());
  }

  @Test
  void ofSeveralEpochsOneIsSavedAndTheLastOne() throws IOException {
    SCENARIO.train(CheckpointFolder.open(folder(), false, 4, warning -> {}));
    assertEquals(List.of("epoch-000004.kronck", "epoch-000006.kronck"), names());
  }

  @Test
  void aCheckpointIsTheSameWhetherTrainingWasCutShortOrNot() throws IOException {
    CheckpointScenario scenario = SCENARIO.everything();
    scenario.train(CheckpointScenario.fresh(folder()));
    Path last;
    try (Stream<Path> files = Files.list(folder())) {
      last = files.sorted().toList().getLast();
    }
    byte[] expected = Files.readAllBytes(last);
    Path other = temporary.resolve("other");
    scenario.killedInBatch(CheckpointScenario.fresh(other), 70);
    scenario.train(CheckpointScenario.resumed(other, new ArrayList<>()));
    assertArrayEquals(expected, Files.readAllBytes(other.resolve(last.getFileName())));
  }

  /** Ways in which a file can be spoilt. */
  private static Map<String, byte[]> damaged(byte[] whole) {
    Map<String, byte[]> damaged = new LinkedHashMap<>();
    damaged.put("empty", new byte[0]);
    damaged.put("short", Arrays.copyOf(whole, 50));
    damaged.put("one byte less", Arrays.copyOf(whole, whole.length - 1));
    damaged.put("half", Arrays.copyOf(whole, whole.length / 2));
    damaged.put("one byte more", Arrays.copyOf(whole, whole.length + 1));
    damaged.put("zeros", new byte[whole.length]);
    damaged.put("a text", "these are no numbers".repeat(50).getBytes(StandardCharsets.UTF_8));
    Random random = new Random(2);
    for (int position :
        new int[] {0, 9, 13, 20, whole.length / 3, whole.length - 1, whole.length - 65}) {
      byte[] flipped = whole.clone();
      flipped[position] = (byte) (flipped[position] ^ (1 << random.nextInt(8)));
      damaged.put("a bit flipped in byte " + position, flipped);
    }
    return damaged;
  }

  @TestFactory
  Stream<DynamicTest> aDamagedCheckpointIsPassedOverForTheOneBefore() throws IOException {
    trainBeyond(4);
    byte[] third = Files.readAllBytes(file(3));
    List<DynamicTest> tests = new ArrayList<>();
    damaged(Files.readAllBytes(file(4)))
        .forEach(
            (what, bytes) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        what,
                        () -> {
                          for (String name : names()) {
                            Files.delete(folder().resolve(name));
                          }
                          Files.write(file(3), third);
                          Files.write(file(4), bytes);
                          assertUsesThird();
                        })));
    return tests.stream();
  }

  private void assertUsesThird() throws IOException {
    List<String> warnings = new ArrayList<>();
    TrainedModel trained =
        SCENARIO.fit(CheckpointScenario.resumed(folder(), warnings), TrainingListener.NONE);
    assertEquals(3, trained.result().course().resumed());
    assertArrayEquals(EXPECTED, CheckpointScenario.bytes(trained.model()));
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.getFirst().contains("epoch-000004.kronck' is damaged"), warnings::toString);
    assertEquals(List.of("epoch-000005.kronck", "epoch-000006.kronck"), names());
  }

  @Test
  void ifAllAreDamagedNothingIsTrainedAndNothingLost() throws IOException {
    trainBeyond(2);
    Files.write(file(1), new byte[3]);
    Files.write(file(2), new byte[300]);
    List<String> warnings = new ArrayList<>();
    String message = refusal(SCENARIO, CheckpointScenario.resumed(folder(), warnings));
    assertTrue(message.contains("holds no checkpoint that is whole"), message);
    assertEquals(2, warnings.size(), warnings::toString);
    assertEquals(List.of("epoch-000001.kronck", "epoch-000002.kronck"), names());
  }

  @Test
  void whatAKilledProgramLeftIsDeletedAndOtherFilesStay() throws IOException {
    trainBeyond(2);
    Files.write(folder().resolve("epoch-000003.kronck.tmp"), new byte[1000]);
    Files.write(folder().resolve("notes.txt"), new byte[10]);
    assertArrayEquals(EXPECTED, SCENARIO.train(resumed()));
    assertEquals(List.of("epoch-000005.kronck", "epoch-000006.kronck", "notes.txt"), names());
  }

  @Test
  void aFolderThatHoldsCheckpointsIsNotBegunAnew() {
    trainBeyond(1);
    String message =
        String.valueOf(
            assertThrows(CheckpointException.class, () -> CheckpointScenario.fresh(folder()))
                .getMessage());
    assertTrue(message.contains("holds checkpoints of a training"), message);
    assertTrue(message.contains("resume it"), message);
  }

  @Test
  void goingOnInAnEmptyFolderBeginsAnew() {
    TrainedModel trained = SCENARIO.fit(resumed(), TrainingListener.NONE);
    assertEquals(0, trained.result().course().resumed());
    assertArrayEquals(EXPECTED, CheckpointScenario.bytes(trained.model()));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.write(folder(), new byte[1]);
    CheckpointException e = assertThrows(CheckpointException.class, this::resumed);
    assertTrue(String.valueOf(e.getMessage()).contains("is no folder"), e::getMessage);
  }

  @Test
  void otherDataAreRefused() {
    trainBeyond(1);
    Split split = SCENARIO.split();
    int[] other = split.train().clone();
    other[0] = split.test()[0];
    int[] test = split.test().clone();
    test[0] = split.train()[0];
    String message = refusal(SCENARIO.split(new Split(other, split.validation(), test)), resumed());
    assertTrue(message.contains("epoch-000001.kronck' belongs to another training"), message);
    assertTrue(message.contains("its data differ"), message);
  }

  @Test
  void otherOptionsAreRefusedByNameWithBothValues() {
    trainBeyond(1);
    NetworkOptions wide = new NetworkOptions(18, 0.6, true, false, 0, 5);
    NetworkOptions seed = new NetworkOptions(16, 0.6, true, false, 0, 6);
    Map<String, CheckpointScenario> others = new LinkedHashMap<>();
    others.put("its neurons is 16, here it is 18", SCENARIO.with(wide));
    others.put("its seed is 5, here it is 6", SCENARIO.with(seed));
    others.put("its weight decay is 0.0, here it is 0.5", SCENARIO.decay(0.5));
    others.put(
        "its learning rate is 0.5, here it is auto", SCENARIO.learningRate(OptionalDouble.empty()));
    others.put("its momentum is 0.0, here it is 0.25", SCENARIO.with(t -> t.withMomentum(0.25)));
    others.put("its averaging is none, here it is 1", SCENARIO.with(t -> t.withAveraging(1)));
    others.put("its patience is 0, here it is 3", SCENARIO.with(t -> t.withPatience(3)));
    others.put("here it is eager", SCENARIO.with(t -> t.withPlan(EngineChoice.EAGER, null)));
    others.forEach(
        (expected, scenario) -> {
          String message = refusal(scenario, resumed());
          assertTrue(message.contains(expected), () -> expected + " in: " + message);
        });
  }

  @Test
  void checkpointsBeyondTheEpochsAskedForAreNotUsed() throws IOException {
    SCENARIO.train(CheckpointScenario.fresh(folder()));
    CheckpointScenario shorter = SCENARIO.with(t -> t.withEpochs(5));
    assertArrayEquals(shorter.train(null), shorter.train(resumed()));
    assertTrue(Files.exists(file(6)));
    String message = refusal(SCENARIO.with(t -> t.withEpochs(4)), resumed());
    assertTrue(message.contains("beyond the 4 epochs asked for"), message);
    assertTrue(message.contains("ask for 5 or more"), message);
  }

  /** With another number at a place, and a digest that fits. */
  private static byte[] changed(byte[] bytes, int place, int number) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(place, number);
    SafetensorsDigest digest = SafetensorsDigest.create();
    digest.update(bytes, bytes.length - 64);
    byte[] text = digest.text().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, bytes, bytes.length - 64, 64);
    return bytes;
  }

  @Test
  void aHeaderOfAnImpossibleLengthIsPassedOverThoughTheDigestFits() throws IOException {
    trainBeyond(2);
    int size = (int) Files.size(file(2));
    for (int length : new int[] {-1, Integer.MIN_VALUE, size, size - 83, Integer.MAX_VALUE}) {
      Files.write(file(2), changed(Files.readAllBytes(file(2)), 12, length));
      List<String> warnings = new ArrayList<>();
      Path copy = temporary.resolve("copy" + length);
      Files.createDirectories(copy);
      for (String name : names()) {
        Files.copy(folder().resolve(name), copy.resolve(name));
      }
      assertArrayEquals(EXPECTED, SCENARIO.train(CheckpointScenario.resumed(copy, warnings)));
      assertTrue(
          warnings.getFirst().contains("is damaged: its header cannot be read: it states a length")
              && warnings.getFirst().contains(" of " + length + " bytes, expected 0 to "),
          warnings::toString);
    }
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    String message = refusalOfVersion(CheckpointFile.VERSION + 1);
    assertTrue(message.contains("has format version 3"), message);
    assertTrue(message.contains("reads up to 2"), message);
  }

  @Test
  void anOlderFormatIsRefusedAsItsSumsHaveAnotherOrder() throws IOException {
    String message = refusalOfVersion(CheckpointFile.VERSION - 1);
    assertTrue(message.contains("has format version 1"), message);
    assertTrue(message.contains("adds in another order"), message);
  }

  private String refusalOfVersion(int version) throws IOException {
    trainBeyond(1);
    Files.write(file(1), changed(Files.readAllBytes(file(1)), 8, version));
    return refusal(SCENARIO, resumed());
  }

  @Test
  void whatCannotBeWrittenIsWarnedOfAndTrainingGoesOn() throws IOException {
    List<String> warnings = new ArrayList<>();
    CheckpointFolder checkpoints = CheckpointFolder.open(folder(), false, 1, warnings::add);
    List<TrainingEvent.CheckpointSaved> heard = new ArrayList<>();
    TrainingListener vandal =
        event -> {
          switch (event) {
            case TrainingEvent.EpochDone done when done.report().epoch() == 2 -> delete();
            case TrainingEvent.CheckpointSaved saved -> heard.add(saved);
            default -> {}
          }
        };
    assertArrayEquals(
        EXPECTED, CheckpointScenario.bytes(SCENARIO.fit(checkpoints, vandal).model()));
    assertEquals(4, warnings.size(), warnings::toString);
    assertEquals(
        List.of(
            new TrainingEvent.CheckpointSaved(1, folder().resolve("epoch-000001.kronck")),
            new TrainingEvent.CheckpointSaved(2, folder().resolve("epoch-000002.kronck"))),
        heard);
    assertTrue(
        warnings.getFirst().contains("epoch-000003.kronck' could not be written"),
        warnings::toString);
    assertFalse(Files.exists(folder()));
  }

  private void delete() {
    try {
      for (String name : names()) {
        Files.delete(folder().resolve(name));
      }
      Files.delete(folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
