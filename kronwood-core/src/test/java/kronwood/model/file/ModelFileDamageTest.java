package kronwood.model.file;

import static kronwood.model.file.ModelFileFixtures.assertSame;
import static kronwood.model.file.ModelFileFixtures.tiny;
import static kronwood.model.file.SavedModels.assertRefused;
import static kronwood.model.file.SavedModels.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What is no model, or no longer one, is refused with a message that says what to do. */
class ModelFileDamageTest {
  private static byte[] tiny;
  private static byte[] large;

  @TempDir Path folder;

  private Path file;

  @BeforeAll
  static void saveModels(@TempDir Path once) throws IOException {
    tiny = SavedModels.tiny(once);
    large = SavedModels.large(once);
  }

  @BeforeEach
  void writeTinyModel() throws IOException {
    file = folder.resolve("model.kron");
    Files.write(file, tiny);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    long size = Files.size(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (long length = size - 1; length >= 0; length--) {
        bytes.setLength(length);
        String message = refused(file, "loaded " + length + " of " + size + " bytes").getMessage();
        if (length > 8) {
          assertTrue(message.contains("is truncated: expected "), message);
          assertTrue(message.contains(" bytes, found " + length + ";"), message);
        } else {
          assertTrue(message.contains("is not a Kronwood model"), message);
        }
      }
    }
  }

  @Test
  void everyFlippedByteIsRefused() throws IOException {
    int size = (int) Files.size(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < size; i++) {
        for (int flip : new int[] {1 << (i % 8), 0xff}) {
          bytes.seek(i);
          int original = bytes.read();
          bytes.seek(i);
          bytes.write(original ^ flip);
          refused(file, "loaded with byte " + i + " of " + size + " changed by " + flip);
          bytes.seek(i);
          bytes.write(original);
        }
      }
    }
    assertSame(tiny(), ModelFile.load(file));
  }

  @Test
  void anAppendedByteIsRefused() throws IOException {
    long size = Files.size(file);
    Files.write(file, new byte[1], StandardOpenOption.APPEND);
    assertRefused(file, "is corrupted: expected " + size + " bytes, found " + (size + 1));
  }

  @Test
  void changedWeightsAreRefusedByTheDigest() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    ModelFileSurgery parts = new ModelFileSurgery(file);
    assertEquals(
        "model '"
            + file
            + "' is corrupted: its SHA-256 digest is "
            + blankedDigest()
            + ", when it was saved it was "
            + parts.metadata().get("sha256").stringValue()
            + "; copy the file again, or train again",
        refused(file).getMessage());
  }

  private String blankedDigest() throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String blank = text.replaceFirst("[0-9a-f]{64}", "0".repeat(64));
    return ModelFileSurgery.digest(blank.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aDigestThatFitsIsAllThatAChangeNeeds() throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.kronwood.put("shift", 0.125);
    parts.kronwood.put("unknown", "ignored");
    parts.save(file);
    assertEquals(0.125, ModelFile.load(file).network().shift());
  }

  @Test
  void columnsThatDoNotExistAreNotKept() throws IOException {
    for (int[] kept : new int[][] {{0, 2}, {-1, 1}, {1, 1}, {1, 0}}) {
      Files.write(file, tiny);
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.bytes("table.0.map.kept").putInt(kept[0]).putInt(kept[1]);
      parts.save(file);
      assertRefused(file, "expected increasing columns below 2");
    }
  }

  @Test
  void idsThatOccurTwiceAreRefused() throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    // "0", "é1", "試料2", "🧬3" become "0", "", and others.
    parts.bytes("table.0.id_offsets").putLong(8, 0).putLong(16, 1);
    parts.save(file);
    assertRefused(file, "entity 1 has an empty id");
  }

  @Test
  void aFileLargerThanMemoryIsRefusedBeforeAnythingIsRead() throws IOException {
    long elements = 1L << 38;
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.header.remove(
        parts.header.propertyNames().stream().filter(n -> !n.startsWith("__")).toList());
    parts.header.set(
        "weights",
        ModelFileSurgery.JACKSON.readTree(
            "{\"dtype\":\"F32\",\"shape\":[1,%d],\"data_offsets\":[0,%d]}"
                .formatted(elements, 4 * elements)));
    parts.data = new byte[0];
    parts.save(file);
    assertRefused(file, "is truncated: expected ");
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() + 4 * elements);
    } catch (IOException e) {
      assumeTrue(false, "this file system has no sparse files of 1 TiB: " + e.getMessage());
    }
    IOException e = assertThrows(IOException.class, () -> ModelFile.load(file));
    assertTrue(e.getMessage().contains("needs at least 1099511627776 bytes of memory"));
    assertFalse(e instanceof ModelFormatException);
  }

  /** Whatever the changes, a file is loaded or refused; nothing else happens. */
  @TestFactory
  Stream<DynamicTest> anyChangeIsLoadedOrRefused() {
    return Seeds.runs(
        400,
        random -> {
          Files.write(file, large);
          ModelFileSurgery parts = new ModelFileSurgery(file);
          for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            switch (random.nextInt(3)) {
              case 0 -> ModelFileMutations.changeJson(random, parts.kronwood);
              case 1 -> ModelFileMutations.changeJson(random, parts.header);
              default -> {
                int at = random.nextInt(parts.data.length);
                parts.data[at] = (byte) random.nextInt();
              }
            }
          }
          parts.save(file);
          try {
            ModelFile.load(file);
          } catch (ModelFormatException e) {
            assertTrue(e.getMessage().contains("'" + file + "'"), e.getMessage());
          }
        });
  }
}
