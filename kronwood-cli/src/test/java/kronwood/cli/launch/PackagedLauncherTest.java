package kronwood.cli.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kronwood.cli.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher of packages, in a folder with blanks in its name, with a program in place of Java
 * that prints what it is given. {@code ./mvnw -Pdist verify} tries out a whole package.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is for a POSIX shell")
class PackagedLauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        printf '[%s]' "$word"
        case $word in -XX:AOTCacheOutput=*) echo recorded >"${word#*=}"; echo noise ;; esac
      done
      echo
      """;

  private @TempDir Path folder;
  private Path root;
  private Path cache;

  @BeforeEach
  void layOut() throws IOException {
    root = folder.resolve("a folder");
    cache = root.resolve("app/kronwood-cli.aot");
    Path repository = Path.of("..").toAbsolutePath().normalize();
    copy(repository.resolve("kronwood-cli/src/dist/kronwood"), root.resolve("bin/kronwood"));
    copy(repository.resolve("bin/start.sh"), root.resolve("app/start.sh"));
    Files.writeString(root.resolve("app/package-id"), "one\n");
    Path java = root.resolve("runtime/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, JAVA);
    assertTrue(java.toFile().setExecutable(true));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private Run start(Path program, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arrays.asList(args));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Run(code, Files.readString(out), Files.readString(err));
  }

  private Run start(String... args) throws IOException, InterruptedException {
    return start(root.resolve("bin/kronwood"), Map.of(), args);
  }

  @Test
  void whatComputesHasTheSimdKernelsAndNoCache() throws IOException, InterruptedException {
    Run run = start("train", "@my run.args");
    assertEquals(
        "[--enable-native-access=ALL-UNNAMED][-XX:MaxRAMPercentage=70][--add-modules]"
            + "[jdk.incubator.vector][-jar][%s/app/kronwood-cli.jar][train][@my run.args]\n"
                .formatted(root.toRealPath()),
        run.out());
    assertEquals("", run.err());
    assertFalse(Files.exists(cache));
  }

  @Test
  void theFirstQuickCommandMakesTheCacheAndLaterOnesUseIt()
      throws IOException, InterruptedException {
    Run first = start("--help");
    assertEquals(1, first.err().lines().count(), first.err());
    assertEquals(1, first.out().lines().count(), "nothing of the recording is printed");
    Run second = start("--help");
    assertEquals(first.out(), second.out());
    assertEquals("", second.err());
    assertTrue(second.out().contains("[-XX:AOTCache=" + cache.toRealPath() + "]"), second.out());
    assertFalse(second.out().contains("incubator"), second.out());
    assertEquals("recorded\n", Files.readString(cache));
  }

  @Test
  void anotherPackageInTheSameFolderAndAMovedFolderMakeItAgain()
      throws IOException, InterruptedException {
    start("--help");
    Files.writeString(cache, "old");
    assertEquals("", start("--help").err());
    Files.writeString(root.resolve("app/package-id"), "two\n");
    start("--help");
    assertEquals("recorded\n", Files.readString(cache));

    Files.writeString(cache, "old");
    Path moved = folder.resolve("moved");
    Files.move(root, moved);
    start(moved.resolve("bin/kronwood"), Map.of(), "--help");
    assertEquals("recorded\n", Files.readString(moved.resolve("app/kronwood-cli.aot")));
  }

  @Test
  void linksAreFollowedAndOtherJavasNotLookedAt() throws IOException, InterruptedException {
    String expected = start("train").out();
    Path absolute = Files.createSymbolicLink(folder.resolve("one"), root.resolve("bin/kronwood"));
    Files.createDirectories(folder.resolve("bin"));
    Path relative = Files.createSymbolicLink(folder.resolve("bin/kronwood"), Path.of("..", "one"));
    assertEquals(expected, start(absolute, Map.of(), "train").out());
    assertEquals(
        expected,
        start(relative, Map.of("JAVA_HOME", "/nowhere", "CDPATH", folder.toString()), "train")
            .out());
  }

  @Test
  void optionsForJavaComeBeforeTheJar() throws IOException, InterruptedException {
    Map<String, String> options = Map.of("KRONWOOD_JAVA_OPTS", "-Xmx8g -XX:+UseZGC");
    Run run = start(root.resolve("bin/kronwood"), options, "train");
    assertTrue(run.out().contains("[-Xmx8g][-XX:+UseZGC][--add-modules]"), run.out());
  }

  @Test
  void withoutItsJavaItSaysSo() throws IOException, InterruptedException {
    Files.delete(root.resolve("runtime/bin/java"));
    Run run = start("--help");
    assertEquals(3, run.code());
    assertTrue(run.err().contains("runtime/bin/java is missing"), run.err());
    assertEquals("", run.out());
  }
}
