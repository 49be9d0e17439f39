package kronwood.prepared;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Dataset;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Features;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.file.FaultyDisk;
import kronwood.testing.Problems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedPairsTest {
  @TempDir Path folder;
  private PreparedFiles files = new PreparedFiles(Path.of(""), emptyData());
  private Path file = Path.of("");

  private static Dataset emptyData() {
    Random random = new Random(1);
    EntityTable table = Problems.table("t", Problems.denseFeatures(random, 1, 1));
    return Dataset.of(
        List.of(new Mode("t", table)),
        Samples.of(EntityTuples.of(1, new int[1]), Problems.realTargets(random, 1, 1)));
  }

  @BeforeEach
  void write() {
    file = folder.resolve("pairs.kpairs");
    Random random = new Random(5);
    files = PreparedFiles.write(file, random, Problems.realTargets(random, 60, 2), true);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    try (PreparedPairs pairs = PreparedPairs.open(file)) {
      Dataset read = pairs.dataset(files.modes());
      RealTargets expected = (RealTargets) files.data().samples().targets();
      RealTargets found = (RealTargets) read.samples().targets();
      assertEquals(60, read.samples().size());
      for (int i = 0; i < 60; i++) {
        for (int k = 0; k < 2; k++) {
          assertEquals(
              files.data().samples().tuples().entity(i, k), read.samples().tuples().entity(i, k));
          assertEquals(expected.value(i, k), found.value(i, k));
        }
        assertEquals(0.5f + i % 3, read.samples().weight(i));
      }
      assertArrayEquals(Problems.range(40, 48), pairs.split().validation());
    }
  }

  @Test
  void aChunkThatWasChangedIsRefusedAndNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int record = bytes.length - PreparedFormat.PREAMBLE - headerBytes(bytes);
    bytes[PreparedFormat.PREAMBLE + record / 2] ^= 1;
    Files.write(file, bytes);
    try (PreparedPairs pairs = PreparedPairs.open(file)) {
      assertRefused(
          () -> pairs.dataset(files.modes()),
          "pairs.kpairs",
          "chunk 5 of 9 (records 29 to 35) does not fit its SHA-256");
    }
  }

  @Test
  void aFileThatIsReplacedWhileItIsReadIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (PreparedPairs pairs = PreparedPairs.open(file)) {
      Random random = new Random(6);
      Path other = folder.resolve("other.kpairs");
      PreparedFiles.write(other, random, Problems.realTargets(random, 60, 2), true);
      // Written to in place: a file that is moved there leaves the open one as it is.
      Files.write(file, Files.readAllBytes(other));
      assertRefused(() -> pairs.dataset(files.modes()), "chunk 1 of 9", "replaced");
    }
    Files.write(file, bytes);
  }

  @Test
  void aByteMoreOrLessAndAnyDamageOfTheHeaderAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(() -> PreparedPairs.open(file), "cut off");
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused(() -> PreparedPairs.open(file), "expected " + bytes.length);
    Files.write(file, Arrays.copyOf(bytes, 20));
    assertRefused(() -> PreparedPairs.open(file), "no file of prepared pairs");
    int header = headerBytes(bytes);
    for (int i = 0; i < header; i += 17) {
      byte[] damaged = bytes.clone();
      damaged[bytes.length - header + i] ^= 4;
      Files.write(file, damaged);
      assertRefused(() -> PreparedPairs.open(file), "its header does not fit its SHA-256");
    }
    for (int i = 8; i < PreparedFormat.PREAMBLE; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 4;
      Files.write(file, damaged);
      assertRefused(() -> PreparedPairs.open(file), "pairs.kpairs", "prepare the pairs anew");
    }
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[PreparedFormat.MAGIC.length] = 2;
    Files.write(file, bytes);
    assertRefused(
        () -> PreparedPairs.open(file), "format version 2, this Kronwood reads version 1");
  }

  @Test
  void idsThatNoTableHasAreRefused() {
    EntityTable left = files.data().tables().getFirst();
    List<String> fewer = left.ids().asList().subList(0, 10);
    EntityTable cut =
        EntityTable.of(
            "left",
            EntityIds.of(fewer),
            ((Features) left.attributes()).select(Problems.range(0, 10)));
    List<Mode> modes = List.of(new Mode("first", cut), files.modes().getLast());
    try (PreparedPairs pairs = PreparedPairs.open(file)) {
      assertRefused(
          () -> pairs.samples(modes),
          "'" + left.ids().id(10) + "' is not in table 'left', which has 10 entities",
          "2 are missing");
    }
  }

  @Test
  void aFullDiskLeavesNothingAndWhatWasThereBefore() throws IOException {
    byte[] before = Files.readAllBytes(file);
    for (int free = 0; free < before.length; free += 100) {
      int bytes = free;
      assertRefused(
          () ->
              FaultyDisk.of(bytes)
                  .during(
                      () -> {
                        Random random = new Random(7);
                        PreparedFiles.write(
                            file, random, Problems.realTargets(random, 60, 2), true);
                      }),
          "cannot be written: No space left on device");
      assertArrayEquals(before, Files.readAllBytes(file));
      try (Stream<Path> left = Files.list(folder)) {
        assertEquals(List.of(file), left.toList());
      }
    }
    assertFalse(before.length == 0);
  }

  private static int headerBytes(byte[] bytes) {
    return (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(24);
  }
}
