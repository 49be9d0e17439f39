package kronwood.safetensors;

import static kronwood.safetensors.SafetensorsReader.ANY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsReaderTest {
  @TempDir Path folder;

  /** A file of 8 bytes of length, a header, and data, put together by hand. */
  private Path file(long length, String header, int... data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(json);
    for (int b : data) {
      bytes.put((byte) b);
    }
    return Files.write(folder.resolve("some.safetensors"), bytes.array());
  }

  private Path file(String header, int... data) throws IOException {
    return file(header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  @Test
  void readsHandMadeBytes() throws IOException {
    String header =
        "{\"__metadata__\":{\"a\":\"é\"},"
            + "\"f\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[16,24]},"
            + "\"d\":{\"data_offsets\":[0,8],\"dtype\":\"F64\",\"shape\":[]},"
            + "\"l\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]},"
            + "\"none\":{\"dtype\":\"I32\",\"shape\":[0,7],\"data_offsets\":[24,24]},"
            + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[24,28]},"
            + "\"u\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[28,31]}}  ";
    int[] data = {
      0, 0, 0, 0, 0, 0, 0xf8, 0x3f, // 1.5
      0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, // -2
      0, 0, 0x80, 0x3e, 0, 0, 0x80, 0xbf, // 0.25, -1
      4, 3, 2, 1, // 0x01020304
      1, 0, 255
    };
    try (SafetensorsReader reader = SafetensorsReader.open(file(header, data))) {
      assertEquals(Map.of("a", "é"), reader.metadata());
      assertEquals(31, reader.readLayout());
      assertArrayEquals(new double[] {1.5}, reader.doubles("d"));
      assertArrayEquals(new long[] {-2}, reader.longs("l", 1));
      assertArrayEquals(new float[] {0.25f, -1}, reader.floats("f", ANY, 2));
      assertArrayEquals(new int[0], reader.ints("none", 0, 7));
      assertArrayEquals(new int[] {0x01020304}, reader.ints("i", ANY));
      byte[] bytes = new byte[3];
      reader.input(reader.tensor("u", SafetensorsType.U8, 3)).read(bytes);
      assertArrayEquals(new byte[] {1, 0, -1}, bytes);
    }
  }

  @Test
  void aTensorMustHaveTheExpectedTypeAndShape() throws IOException {
    Path file =
        file("{\"a\":{\"dtype\":\"U8\",\"shape\":[2,3],\"data_offsets\":[0,6]}}", new int[6]);
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      reader.readLayout();
      reader.tensor("a", SafetensorsType.U8, 2, 3);
      assertEquals(
          "tensor 'b' is missing, expected F32 [any, 3]",
          assertThrows(IllegalArgumentException.class, () -> reader.floats("b", ANY, 3))
              .getMessage());
      assertEquals(
          "tensor 'a' is U8 [2, 3], expected U8 [any, 4]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> reader.tensor("a", SafetensorsType.U8, ANY, 4))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> reader.tensor("a", SafetensorsType.U8, 2));
      assertThrows(IllegalArgumentException.class, () -> reader.ints("a", 2, 3));
    }
  }

  @Test
  void noTensorsAndNoMetadataAreAFile() throws IOException {
    try (SafetensorsReader reader = SafetensorsReader.open(file("{}"))) {
      assertEquals(Map.of(), reader.metadata());
      assertEquals(0, reader.readLayout());
    }
  }

  @Test
  void refusesWhatDoesNotBeginLikeASafetensorsFile() throws IOException {
    Path empty = Files.write(folder.resolve("empty"), new byte[0]);
    assertMessage("it is empty", () -> SafetensorsReader.open(empty));
    Path eight = file(0, "");
    assertMessage("it has only 8 bytes", () -> SafetensorsReader.open(eight));
    Path csv = Files.writeString(folder.resolve("pairs.csv"), "left,right,affinity\na,b,1\n");
    assertMessage("not begin like a safetensors file", () -> SafetensorsReader.open(csv));
    Path array = file("[1]");
    assertMessage("not begin like a safetensors file", () -> SafetensorsReader.open(array));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 60, Long.MAX_VALUE, Long.MIN_VALUE, -1, -3, 0, 1, 0x7fff_fff8L})
  void refusesHeadersOfImpossibleLength(long length) throws IOException {
    Path file = file(length, "{}");
    assertMessage("not begin like a safetensors file", () -> SafetensorsReader.open(file));
  }

  @Test
  void aHeaderLongerThanTheFileIsTruncated() throws IOException {
    Path file = file(100, "{}");
    assertMessage("expected 108 bytes, found 10", () -> SafetensorsReader.open(file));
    Path long8 = file(8_388_608, "{}");
    assertMessage("expected 8388616 bytes, found 10", () -> SafetensorsReader.open(long8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{] | expected a key",
        "{\"a\":1} x | expected the end",
        "{\"a\":{},\"a\":{}} | \"a\" occurs twice",
        "{\"a\":\"\\ud800\"} | half a surrogate pair"
      })
  void refusesHeadersThatAreNotJson(String header, String message) throws IOException {
    Path file = file(header);
    assertMessage("its header is damaged (invalid JSON", () -> SafetensorsReader.open(file));
    assertMessage(message, () -> SafetensorsReader.open(file));
  }

  @Test
  void refusesHeadersThatAreNotUtf8() throws IOException {
    Path file = file(6, "", '{', '"', 0xc3, 0x28, '"', '}');
    assertMessage("text is not UTF-8", () -> SafetensorsReader.open(file));
  }

  @Test
  void refusesDeepHeaders() throws IOException {
    Path file = file("{\"a\":" + "[".repeat(8_000_000));
    assertMessage("nesting deeper than 64", () -> SafetensorsReader.open(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":{\"a\":null}}",
        "{\"__metadata__\":[]}",
        "{\"__metadata__\":null}"
      })
  void refusesMetadataThatAreNotStrings(String header) throws IOException {
    try (SafetensorsReader reader = SafetensorsReader.open(file(header))) {
      assertMessage("header.__metadata__", reader::metadata);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[0]                     | [-1,0]         | data_offsets[0] is -1, expected a whole number",
        "[-1]                    | [0,4]          | shape[0] is -1, expected a whole number",
        "[1.0]                   | [0,4]          | shape[0] is 1.0, expected a whole number",
        "[1e3]                   | [0,4000]       | shape[0] is 1000.0, expected a whole number",
        "[9223372036854775808]   | [0,4]          | expected a whole number",
        "1                       | [0,4]          | shape is 1, expected an array",
        "[1]                     | [0]            | 1 data offsets, expected 2",
        "[1]                     | [0,4,8]        | 3 data offsets, expected 2",
        "[1]                     | [4,0]          | needs 4 bytes, its data offsets are [4, 0]",
        "[2]                     | [0,4]          | needs 8 bytes, its data offsets are [0, 4]",
        "[1]                     | [4,8]          | begins at byte 4, the one before it ends at 0",
        "[4611686018427387904]   | [0,4]          | impossible size",
        "[4294967296,4294967296] | [0,0]          | impossible size",
        "[1]                     | [9223372036854775804,9223372036854775807] | impossible size",
        "[1]                     | [0,4]          | expected 66 bytes, found 70",
        "[2305843009213693951]   | [0,9223372036854775804] | impossible size",
        "[1000000000000]         | [0,4000000000000] | expected 40000000000"
      })
  void refusesShapesAndOffsetsThatDoNotFit(String shape, String offsets, String message)
      throws IOException {
    Path file =
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}",
            new int[8]);
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      assertMessage(message, reader::readLayout);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8, 4, 12, 12",
    "0, 8, 0, 8, 8",
    "0, 8, 12, 20, 20",
    "0, 8, 8, 16, 20",
    "4, 12, 12, 20, 20",
    "0, 8, 8, 16, 12"
  })
  void tensorsMayNeitherOverlapNorLeaveHoles(int from1, int to1, int from2, int to2, int bytes)
      throws IOException {
    String header =
        String.format(
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[%d,%d]},"
                + "'b':{'dtype':'I64','shape':[1],'data_offsets':[%d,%d]}}",
            from1, to1, from2, to2);
    try (SafetensorsReader reader =
        SafetensorsReader.open(file(header.replace('\'', '"'), new int[bytes]))) {
      assertThrows(SafetensorsException.class, reader::readLayout);
    }
  }

  @Test
  void missingPartsOfATensorAreNamed() throws IOException {
    for (String missing : new String[] {"dtype", "shape", "data_offsets"}) {
      String header =
          "{'a':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}}"
              .replace("'" + missing, "'x" + missing)
              .replace('\'', '"');
      try (SafetensorsReader reader = SafetensorsReader.open(file(header))) {
        assertMessage("there is no header.a." + missing, reader::readLayout);
      }
    }
  }

  @Test
  void unknownElementTypesAreNamed() throws IOException {
    Path file = file("{\"a\":{\"dtype\":\"BF16\",\"shape\":[0],\"data_offsets\":[0,0]}}");
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      assertMessage("header.a.dtype is BF16, expected one of [F64", reader::readLayout);
    }
  }

  @Test
  void messagesStayShort() throws IOException {
    String name = "x".repeat(1_000_000);
    Path file = file("{\"" + name + "\":{\"shape\":[],\"data_offsets\":\"" + name + "\"}}");
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      SafetensorsException e = assertThrows(SafetensorsException.class, reader::readLayout);
      assertTrue(e.getMessage().length() < 500, () -> e.getMessage().length() + " characters");
    }
    String axes = "1,".repeat(1_000_000) + "1";
    Path manyAxes =
        file("{\"a\":{\"dtype\":\"U8\",\"shape\":[" + axes + "],\"data_offsets\":[0,1]}}", 7);
    try (SafetensorsReader reader = SafetensorsReader.open(manyAxes)) {
      reader.readLayout();
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> reader.ints("a", 1));
      assertTrue(e.getMessage().length() < 500, () -> e.getMessage().length() + " characters");
    }
    Path twice = file("{\"" + name + "\":1,\"" + name + "\":1}");
    SafetensorsException e =
        assertThrows(SafetensorsException.class, () -> SafetensorsReader.open(twice));
    assertTrue(e.getMessage().length() < 500, () -> e.getMessage().length() + " characters");
  }

  @Test
  void aFileWithoutItsDigestIsCorrupted() throws IOException {
    for (String metadata :
        new String[] {
          "",
          "\"sha256\":\"\"",
          "\"sha256\":\"" + "0".repeat(63) + "\"",
          "\"sha256\":\"" + "A".repeat(64) + "\"",
          "\"sha256\":\"" + "\\u0030".repeat(64) + "\""
        }) {
      try (SafetensorsReader reader =
          SafetensorsReader.open(file("{\"__metadata__\":{" + metadata + "}}"))) {
        assertMessage("hold no SHA-256 digest", reader::checkDigest);
      }
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void assertMessage(String part, Action action) {
    SafetensorsException e = assertThrows(SafetensorsException.class, action::run);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(part), message);
  }
}
