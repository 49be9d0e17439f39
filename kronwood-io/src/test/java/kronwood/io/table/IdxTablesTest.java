package kronwood.io.table;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import kronwood.data.ClassTargets;
import kronwood.data.EntityTable;
import kronwood.data.Features;
import kronwood.io.entities.ColumnEncoding;
import kronwood.io.entities.EncodedReader;
import kronwood.io.entities.FeatureReader;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.PairsRequest;
import kronwood.io.pairs.SplitSpec;
import kronwood.io.pairs.TargetSpec;
import kronwood.io.pairs.TrainingPairs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTablesTest {
  private @TempDir Path folder;
  private TestFiles files;

  @BeforeEach
  void setUp() {
    files = new TestFiles(folder);
  }

  /** Bytes of an idx file: magic, sizes, values of a byte each. */
  private static byte[] bytes(int magic, int[] sizes, int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
    buffer.putInt(magic);
    for (int size : sizes) {
      buffer.putInt(size);
    }
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }

  private static byte[] images(int count, int... values) {
    return bytes(0x803, new int[] {count, 2, 2}, values);
  }

  private static byte[] labels(int... values) {
    return bytes(0x801, new int[] {values.length}, values);
  }

  private String write(String name, byte[] content) throws IOException {
    Files.write(files.path(name), content);
    return files.path(name).toString();
  }

  private String writeGzip(String name, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(files.path(name)))) {
      out.write(content);
    }
    return files.path(name).toString();
  }

  private static EntityTable read(String source) {
    return FeatureReader.read(TableSource.parse(source), "image", List.of("image"));
  }

  private static double[] row(EntityTable table, int entity) {
    double[] row = new double[table.attributes().columns()];
    ((Features) table.attributes()).addTo(entity, 1, row);
    return row;
  }

  @Test
  void eachRowOfAFileIsAnEntityWithAFeaturePerPixel() throws IOException {
    EntityTable table = read(write("a-idx3-ubyte", images(2, 0, 1, 2, 3, 4, 5, 254, 255)));
    assertEquals(List.of("0", "1"), table.ids().asList());
    assertEquals(List.of("1_1", "1_2", "2_1", "2_2"), table.columns());
    assertArrayEquals(new double[] {0, 1, 2, 3}, row(table, 0));
    assertArrayEquals(new double[] {4, 5, 254, 255}, row(table, 1));
  }

  @Test
  void severalFilesFollowEachOtherPackedOrNot() throws IOException {
    String first = write("train.idx", images(1, 1, 2, 3, 4));
    String second = writeGzip("test-idx3-ubyte.gz", images(2, 5, 6, 7, 8, 9, 10, 11, 12));
    EntityTable table = read(first + "," + second);
    assertEquals(List.of("0", "1", "2"), table.ids().asList());
    assertArrayEquals(new double[] {1, 2, 3, 4}, row(table, 0));
    assertArrayEquals(new double[] {9, 10, 11, 12}, row(table, 2));
  }

  @Test
  void everyTypeOfNumberIsRead() throws IOException {
    int[] one = {1, 1};
    for (Map.Entry<Integer, Integer> bytes :
        Map.of(0x09, 1, 0x0B, 2, 0x0C, 4, 0x0D, 4, 0x0E, 8).entrySet()) {
      ByteBuffer value = ByteBuffer.allocate(bytes.getValue());
      switch (bytes.getKey()) {
        case 0x09 -> value.put((byte) -3);
        case 0x0B -> value.putShort((short) -3);
        case 0x0C -> value.putInt(-3);
        case 0x0D -> value.putFloat(-3);
        default -> value.putDouble(-3);
      }
      byte[] begin = bytes(bytes.getKey() << 8 | 2, one);
      byte[] all = Arrays.copyOf(begin, begin.length + value.capacity());
      System.arraycopy(value.array(), 0, all, begin.length, value.capacity());
      assertArrayEquals(new double[] {-3}, row(read(write("x.idx", all)), 0));
    }
  }

  private static TrainingPairs pairs(String labels, String images, SplitSpec split) {
    return PairsReader.read(
        new PairsRequest(
            TableSource.parse(labels),
            ModeSpec.parseAll("image,image"),
            Map.of("image", read(images)),
            TargetSpec.multiclass("label"),
            split));
  }

  @Test
  void rowIOfTheLabelsIsAboutEntityIOfEveryMode() throws IOException {
    String images =
        write("a.idx", images(2, 0, 1, 2, 3, 4, 5, 6, 7))
            + ","
            + write("b.idx", images(1, 9, 9, 9, 9));
    String labels = write("a-idx1-ubyte", labels(7, 200)) + "," + write("b-labels.idx", labels(7));
    TrainingPairs read = pairs(labels, images, new SplitSpec(null, null, "file = 2"));
    for (int i = 0; i < 3; i++) {
      for (int mode = 0; mode < 2; mode++) {
        assertEquals(i, read.dataset().samples().tuples().entity(i, mode));
      }
    }
    assertArrayEquals(new int[] {0, 1}, read.split().train());
    assertArrayEquals(new int[] {2}, read.split().test());
    ClassTargets targets = (ClassTargets) read.dataset().samples().targets();
    assertEquals(List.of("7", "200"), targets.classes());
    assertEquals(0, targets.label(2));
  }

  @Test
  void filesThatAreNotWhatTheySayAreRefused() throws IOException {
    byte[] good = images(2, 0, 1, 2, 3, 4, 5, 6, 7);
    assertRefused(
        () -> read(write("a.idx", Arrays.copyOf(good, good.length - 1))),
        "a.idx: ends in row 2 of 2",
        "incomplete");
    assertRefused(
        () -> read(write("a.idx", Arrays.copyOf(good, good.length + 1))), "goes on", "2 × 2 × 2");
    assertRefused(() -> read(write("a.idx", Arrays.copyOf(good, 10))), "a.idx", "first bytes");
    assertRefused(() -> read(write("a.idx", new byte[0])), "a.idx", "first bytes");
    assertRefused(
        () -> read(write("a.idx", bytes(0x12345678, new int[] {1}))), "12345678", "00000803");
    assertRefused(() -> read(write("a.idx", bytes(0x0A03, new int[] {1}))), "00000a03");
    assertRefused(
        () -> read(write("a.idx", bytes(0x803, new int[] {2, 0, 2}))), "sizes 2 × 0", "from 1");
    assertRefused(
        () -> read(write("a.idx", bytes(0x803, new int[] {60000, 1000, 1000}))), "2^31 values");
    byte[] packed = Files.readAllBytes(Path.of(writeGzip("b.idx.gz", good)));
    assertRefused(() -> read(write("a.idx", packed)), "1f8b", "call it .gz");
    assertRefused(
        () -> read(write("cut.idx.gz", Arrays.copyOf(packed, packed.length - 12))), "cut.idx.gz");
    assertRefused(
        () -> read(write("nan.idx", bytes(0x0D02, new int[] {1, 1}, 0x7F, 0xC0, 0, 0))),
        "row 1",
        "NaN");
  }

  @Test
  void filesThatDoNotGoTogetherAreRefused() throws IOException {
    String two = write("two.idx", images(2, 0, 1, 2, 3, 4, 5, 6, 7));
    String one = write("one.idx", images(1, 0, 1, 2, 3));
    String wide = write("wide.idx", bytes(0x803, new int[] {1, 1, 4}, 0, 1, 2, 3));
    String labels = write("labels.idx", labels(1, 0));
    assertRefused(() -> read(two + "," + wide), "wide.idx", "1 × 4", "two.idx", "2 × 2");
    assertRefused(() -> read(labels), "labels.idx", "one number per row", "expected images");
    assertRefused(() -> pairs(two, two, SplitSpec.trainOnAll()), "two.idx", "2 × 2", "labels");
    TableSource.parse(labels).checkGoesWith(TableSource.parse(two));
    assertRefused(
        () -> TableSource.parse(labels).checkGoesWith(TableSource.parse(two + "," + one)),
        "labels of 2 rows",
        "has 2 + 1");
    assertRefused(
        () ->
            EncodedReader.read(
                TableSource.parse(two),
                "image",
                List.of("image"),
                List.of(ColumnEncoding.parse("1_1", "numeric")),
                null,
                1),
        "need no encoder");
  }

  @Test
  void newEntitiesMustHaveTheShapeOfTheKnownOnes() throws IOException {
    String two = write("two.idx", images(2, 0, 1, 2, 3, 4, 5, 6, 7));
    EntityTable known = read(two);
    TableSource same = TableSource.parse(write("one.idx", images(1, 8, 9, 8, 9)));
    EntityTable read = FeatureReader.readNew(same, "image", List.of(), known.columns(), _ -> {});
    assertArrayEquals(new double[] {8, 9, 8, 9}, row(read, 0));
    TableSource wide =
        TableSource.parse(write("wide.idx", bytes(0x803, new int[] {1, 1, 4}, 0, 1, 2, 3)));
    assertRefused(
        () -> FeatureReader.readNew(wide, "image", List.of(), known.columns(), _ -> {}),
        "wide.idx",
        "4 from '1_1' to '1_4'",
        "4 from '1_1' to '2_2'");
  }

  @Test
  void namesTellIdxFilesFromOthers() {
    for (String name :
        List.of("a.idx", "t10k-images-idx3-ubyte", "x.idx3-ubyte", "a/b_idx1", "X.IDX3-UBYTE")) {
      assertTrue(IdxFile.isNamed(name), name);
    }
    for (String name : List.of("a.csv", "idx", "a.idx.csv", "idx.parquet", "midx")) {
      assertTrue(!IdxFile.isNamed(name), name);
    }
  }
}
