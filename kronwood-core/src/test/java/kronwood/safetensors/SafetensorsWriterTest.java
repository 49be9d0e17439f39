package kronwood.safetensors;

import static kronwood.safetensors.SafetensorsReader.ANY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path folder;

  private Path write(SafetensorsWriter writer) throws IOException {
    Path path = folder.resolve("written.safetensors");
    Files.deleteIfExists(path);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      writer.writeTo(file);
    }
    return path;
  }

  @Test
  void writesTheBytesOfTheFormat() throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.metadata("k", "é\"");
    writer.add(SafetensorsType.U8, "b", out -> out.write(new byte[] {1, -1}), 2);
    writer.add(SafetensorsType.F32, "c", out -> out.write(new float[] {1, -2}), 2, 1);
    writer.add(SafetensorsType.I32, "a", out -> out.write(new int[] {258}), 1);
    writer.add(SafetensorsType.F64, "d", out -> out.write(new double[] {0.5}));
    byte[] bytes = Files.readAllBytes(write(writer));
    String header =
        "{'__metadata__':{'sha256':'"
            // Digest of these bytes with 64 zeros in its place, by sha256sum.
            + "e3f6928d5398dc882056f9956be8a69141db5364a75df277f9b89952979060dd"
            + "','k':'é\\''},"
            + "'d':{'dtype':'F64','shape':[],'data_offsets':[0,8]},"
            + "'a':{'dtype':'I32','shape':[1],'data_offsets':[8,12]},"
            + "'c':{'dtype':'F32','shape':[2,1],'data_offsets':[12,20]},"
            + "'b':{'dtype':'U8','shape':[2],'data_offsets':[20,22]}}";
    ByteBuffer expected = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(0).put(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    while (expected.position() % 8 != 0) {
      expected.put((byte) ' ');
    }
    expected.putLong(0, expected.position() - 8);
    expected.putDouble(0.5).putInt(258).putFloat(1).putFloat(-2).put((byte) 1).put((byte) -1);
    assertEquals(
        new String(expected.array(), 0, expected.position(), StandardCharsets.ISO_8859_1),
        new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Sizes around those of the buffers, so that every array is cut somewhere. */
  @TestFactory
  Stream<DynamicTest> whatIsWrittenIsRead() {
    return Seeds.runs(
        10,
        random -> {
          int size = random.nextInt(100_000);
          byte[] bytes = new byte[random.nextInt(1_000_000)];
          random.nextBytes(bytes);
          int[] ints = random.ints(size).toArray();
          long[] longs = random.longs(size).toArray();
          double[] doubles = Problems.gaussian(random, size);
          float[][] rows = new float[1 + random.nextInt(300)][1 + random.nextInt(700)];
          SafetensorsWriter writer = new SafetensorsWriter();
          writer.add(SafetensorsType.U8, "bytes", out -> out.write(bytes), bytes.length);
          writer.add(SafetensorsType.I32, "ints", out -> out.write(ints), size);
          writer.add(SafetensorsType.I64, "longs", out -> out.write(longs), size);
          writer.add(SafetensorsType.F64, "doubles", out -> out.write(doubles), size);
          for (float[] row : rows) {
            System.arraycopy(Problems.gaussianFloats(random, row.length), 0, row, 0, row.length);
          }
          writer.add(
              SafetensorsType.F32,
              "rows",
              out -> {
                for (float[] row : rows) {
                  out.write(row);
                }
              },
              rows.length,
              rows[0].length);
          try (SafetensorsReader reader = SafetensorsReader.open(write(writer))) {
            reader.readLayout();
            reader.checkDigest();
            byte[] read = new byte[bytes.length];
            reader.input(reader.tensor("bytes", SafetensorsType.U8, ANY)).read(read);
            assertArrayEquals(bytes, read);
            assertArrayEquals(ints, reader.ints("ints", ANY));
            assertArrayEquals(longs, reader.longs("longs", ANY));
            assertArrayEquals(doubles, reader.doubles("doubles", ANY));
            float[] all = reader.floats("rows", rows.length, rows[0].length);
            for (int r = 0; r < rows.length; r++) {
              int from = r * rows[r].length;
              assertArrayEquals(rows[r], Arrays.copyOfRange(all, from, from + rows[r].length));
            }
          }
        });
  }

  @Test
  void textsAreReadAsWritten() throws IOException {
    List<String> texts = List.of("", "a", "Käse 🧀", "", "\u0000\n,\"", "試料", "x".repeat(100_000));
    SafetensorsWriter writer = new SafetensorsWriter();
    SafetensorsTexts.write(writer, "id", texts);
    SafetensorsTexts.write(writer, "none", List.of());
    try (SafetensorsReader reader = SafetensorsReader.open(write(writer))) {
      reader.readLayout();
      assertEquals(texts, SafetensorsTexts.read(reader, "id"));
      assertEquals(List.of(), SafetensorsTexts.read(reader, "none"));
      assertArrayEquals(new long[] {0}, reader.longs("none_offsets", 1));
    }
  }

  @Test
  void textsThatUtf8CannotHoldAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SafetensorsTexts.write(new SafetensorsWriter(), "id", List.of("a\ud83d")));
    assertEquals("one of ids holds half a surrogate pair", e.getMessage());
  }

  @Test
  void offsetsOfTextsMustFitTheirBytes() throws IOException {
    long[][] wrong = {{}, {0}, {1, 3}, {0, 2}, {0, 4}, {0, 2, 1, 3}, {0, -1, 3}, {0, 4, 3}};
    for (long[] offsets : wrong) {
      SafetensorsWriter writer = new SafetensorsWriter();
      writer.add(SafetensorsType.U8, "ids", out -> out.write(new byte[3]), 3);
      writer.add(SafetensorsType.I64, "id_offsets", out -> out.write(offsets), offsets.length);
      try (SafetensorsReader reader = SafetensorsReader.open(write(writer))) {
        reader.readLayout();
        IllegalArgumentException e =
            assertThrows(
                IllegalArgumentException.class,
                () -> SafetensorsTexts.read(reader, "id"),
                () -> "accepted " + Arrays.toString(offsets));
        assertTrue(e.getMessage().startsWith("tensor 'id_offsets' "), e.getMessage());
      }
    }
  }

  @Test
  void textsThatAreCutWithinACharacterAreRefused() throws IOException {
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.add(SafetensorsType.U8, "ids", out -> out.write(euro), 3);
    writer.add(SafetensorsType.I64, "id_offsets", out -> out.write(new long[] {0, 1, 3}), 3);
    try (SafetensorsReader reader = SafetensorsReader.open(write(writer))) {
      reader.readLayout();
      assertThrows(IllegalArgumentException.class, () -> SafetensorsTexts.read(reader, "id"));
    }
  }

  @Test
  void aTensorThatDoesNotWriteItsShapeIsAMistake() {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.add(SafetensorsType.I32, "a", out -> out.write(new int[3]), 4);
    assertThrows(IllegalStateException.class, () -> write(writer));
  }

  @Test
  void aHeaderThatCouldNotBeReadIsNotWritten() {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.metadata("k", "x".repeat(SafetensorsReader.LONGEST_HEADER));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> write(writer));
    assertTrue(e.getMessage().contains("more than the 8388608 of a header"), e.getMessage());
  }
}
