package kronwood.cli.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kronwood.cli.Main;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the native library of the embedded database is unpacked, seen from outside the process. */
@EnabledOnOs(OS.LINUX)
class NativeLibraryTest {
  private @TempDir Path folder;
  private TinyData data;
  private Path cache;
  private Path temporary;

  @BeforeEach
  void setUp() throws IOException {
    data = TinyData.in(folder);
    cache = folder.resolve("cache");
    temporary = Files.createDirectory(folder.resolve("temporary"));
  }

  private Process start(String output, String... jvm) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(jvm));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(data.train("--epochs=1", "--out=" + folder.resolve(output + ".kron"))));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(output).toFile());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    return builder.start();
  }

  private int run(String output, String... jvm) throws IOException, InterruptedException {
    return start(output, jvm).waitFor();
  }

  private String said(String output) throws IOException {
    return Files.readString(folder.resolve(output));
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void itIsUnpackedOnceBySeveralProcessesAndUsedAgain() throws IOException, InterruptedException {
    String temporaryFolder = "-Djava.io.tmpdir=" + temporary;
    Process one = start("one", temporaryFolder);
    Process two = start("two", temporaryFolder);
    assertEquals(ExitCodes.SUCCESS, one.waitFor(), said("one"));
    assertEquals(ExitCodes.SUCCESS, two.waitFor(), said("two"));
    List<Path> kept = in(cache.resolve("kronwood"));
    assertEquals(1, kept.size(), kept::toString);
    assertEquals(List.of(), in(temporary));
    FileTime time = Files.getLastModifiedTime(kept.getFirst());

    // Where nothing can be unpacked to any more.
    assertEquals(
        ExitCodes.SUCCESS,
        run("three", "-Djava.io.tmpdir=" + folder.resolve("none")),
        said("three"));
    assertEquals(kept, in(cache.resolve("kronwood")));
    assertEquals(time, Files.getLastModifiedTime(kept.getFirst()));
  }

  @Test
  void aCutOffLibraryIsReplacedAndOneThatOthersMayWriteIsNotLoaded()
      throws IOException, InterruptedException {
    String temporaryFolder = "-Djava.io.tmpdir=" + temporary;
    assertEquals(ExitCodes.SUCCESS, run("one", temporaryFolder), said("one"));
    Path library = in(cache.resolve("kronwood")).getFirst();
    long size = Files.size(library);
    Files.write(library, new byte[100]);
    assertEquals(ExitCodes.SUCCESS, run("two", temporaryFolder), said("two"));
    assertEquals(size, Files.size(library));

    // Of the right length, but anybody could have written it: it would crash the process.
    Files.write(library, new byte[(int) size]);
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(ExitCodes.SUCCESS, run("three", temporaryFolder), said("three"));
    assertEquals(List.of(), in(temporary), "what was unpacked instead has no name left");
  }

  @Test
  void withoutAnyPlaceTheMessageSaysWhatToDo() throws IOException, InterruptedException {
    Files.writeString(cache, "a file, not a folder");
    int code = run("none", "-Djava.io.tmpdir=" + folder.resolve("none"));

    assertEquals(ExitCodes.BAD_INPUT, code, said("none"));
    assertTrue(said("none").contains("set XDG_CACHE_HOME"), said("none"));
    assertFalse(said("none").contains("most likely a bug"), said("none"));
  }
}
