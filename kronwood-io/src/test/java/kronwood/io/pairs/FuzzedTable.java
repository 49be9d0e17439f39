package kronwood.io.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kronwood.fault.InputException;
import kronwood.io.entities.EncodedReader;
import kronwood.io.entities.FeatureReader;
import kronwood.io.entities.SimilarityReader;
import kronwood.io.table.TableSource;

/**
 * A table of any bytes is read, or refused in one way with a short message.
 *
 * <p>A target of Jazzer, which calls {@link #fuzzerTestOneInput} with bytes that reach new code.
 */
public final class FuzzedTable {
  private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".json", ".ndjson", ".idx");
  private static final int READERS = 5;
  private static final int LONGEST_MESSAGE = 2000;

  private static final Path FOLDER = temporary();

  private FuzzedTable() {}

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("fuzzed");
      for (String ending : ENDINGS) {
        folder.resolve("table" + ending).toFile().deleteOnExit();
      }
      // Deleted in the reverse order.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> folder.toFile().deleteOnExit()));
      return folder;
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Reads a file.
   *
   * @param bytes two digits, which choose the kind of file and what it is read as; then its content
   */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    if (bytes.length < 2) {
      return;
    }
    Path file = FOLDER.resolve("table" + ENDINGS.get(digit(bytes[0], ENDINGS.size())));
    Files.write(file, Arrays.copyOfRange(bytes, 2, bytes.length));
    try {
      read(TableSource.parse(file.toString()), digit(bytes[1], READERS));
    } catch (InputException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.length() < LONGEST_MESSAGE, message);
      assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
  }

  private static int digit(byte letter, int number) {
    return Math.floorMod(letter - '0', number);
  }

  private static void read(TableSource source, int reader) {
    switch (reader) {
      case 0 -> FeatureReader.read(source, "t", List.of());
      case 1 -> EncodedReader.read(source, "t", List.of(), List.of(), null, 1);
      case 2 -> SimilarityReader.read(source, "t", List.of(), true, warning -> {});
      case 3 -> PairsFixture.read(source, PairsFixture.REAL, SplitSpec.trainOnAll());
      default -> PairsReader.readIds(source, PairsFixture.MODES, "left");
    }
  }
}
