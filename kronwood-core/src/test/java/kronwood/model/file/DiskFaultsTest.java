package kronwood.model.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.file.FaultyDisk;
import kronwood.loss.Loss;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails at any call, or is full at any byte, takes nothing away that was there. */
class DiskFaultsTest {
  @TempDir Path folder;

  private static Model model(long seed) {
    Random random = new Random(seed);
    ModelTable table = ModelFileFixtures.table(random, "item", ModelFileFixtures.Kind.DIRECT, 40);
    return ModelFileFixtures.model(
        random, List.of(table), 300, ModelFileFixtures.target(random, Loss.of("squared"), 1), 0, 0);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void on(FaultyDisk disk, Runnable work) {
    disk.during(work);
  }

  private static int calls(Path file, Model model) {
    FaultyDisk counted = FaultyDisk.failingAt(-1, () -> {});
    on(counted, () -> save(model, file));
    return counted.calls();
  }

  private static void save(Model model, Path file) {
    try {
      ModelFile.save(model, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anErrorAtAnyCallOfASaveLeavesTheModelThatWasThereAndNothingElse() throws IOException {
    Path file = folder.resolve("model.kron");
    save(model(1), file);
    byte[] before = Files.readAllBytes(file);
    int calls = calls(folder.resolve("other.kron"), model(2));
    Files.delete(folder.resolve("other.kron"));
    assertTrue(calls > 5, calls + " calls");
    for (int call = 1; call <= calls; call++) {
      FaultyDisk disk =
          FaultyDisk.failingAt(
              call,
              () -> {
                throw new IOException("the disk is on fire");
              });
      String message =
          String.valueOf(
              assertThrows(
                      UncheckedIOException.class,
                      () -> on(disk, () -> save(model(2), file)),
                      "call " + call)
                  .getCause()
                  .getMessage());
      assertTrue(message.contains("cannot save model '" + file + "'"), message);
      assertTrue(message.contains("on fire"), message);
      assertArrayEquals(before, Files.readAllBytes(file), "call " + call);
      assertEquals(List.of("model.kron"), names(), "call " + call);
    }
  }

  @Test
  void memoryThatIsFullAtAnyCallOfASaveLeavesTheModelThatWasThereAndNothingElse()
      throws IOException {
    Path file = folder.resolve("model.kron");
    save(model(1), file);
    byte[] before = Files.readAllBytes(file);
    int calls = calls(file, model(1));
    for (int call = 1; call <= calls; call++) {
      FaultyDisk disk =
          FaultyDisk.failingAt(
              call,
              () -> {
                throw new OutOfMemoryError("Java heap space");
              });
      assertThrows(OutOfMemoryError.class, () -> on(disk, () -> save(model(2), file)));
      assertArrayEquals(before, Files.readAllBytes(file), "call " + call);
      assertEquals(List.of("model.kron"), names(), "call " + call);
    }
  }

  @Test
  void aDiskThatIsFullAtAnyPointLeavesTheModelThatWasThere() throws IOException {
    Path file = folder.resolve("model.kron");
    save(model(1), file);
    byte[] before = Files.readAllBytes(file);
    Path other = folder.resolve("other.kron");
    save(model(2), other);
    long size = Files.size(other);
    Files.delete(other);
    for (long bytes = 0; bytes < size; bytes += size / 61) {
      FaultyDisk disk = FaultyDisk.of(bytes);
      assertThrows(
          UncheckedIOException.class,
          () -> on(disk, () -> save(model(2), file)),
          bytes + " of " + size + " bytes");
      assertArrayEquals(before, Files.readAllBytes(file));
      assertEquals(List.of("model.kron"), names());
    }
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("other"));
    Files.createSymbolicLink(folder.resolve("other"), Path.of("one"));
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> ModelFile.save(model(1), one)).getMessage());
    assertTrue(message.contains("links lead in a circle"), message);
  }
}
