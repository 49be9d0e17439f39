package kronwood.cli.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import kronwood.cli.Main;
import kronwood.cli.Run;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder like a clone that was built, with one jar of the classes under test. */
class LauncherTest {
  private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();
  private static final String MODULE = "kronwood-cli";

  @TempDir static Path shared;
  private static Path root;
  private static Path cache;

  @BeforeAll
  static void layOut() throws IOException {
    assumeTrue(File.separatorChar == '/' && Files.isExecutable(Path.of("/bin/sh")));
    root = shared.resolve("a clone");
    Path target = root.resolve(MODULE).resolve("target");
    cache = target.resolve("kronwood-cli.aot");
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(target.resolve("lib"));
    for (String file : List.of("kronwood", "bin/launch.sh", "bin/start.sh")) {
      Files.copy(SOURCES.resolve(file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    FileTime before = FileTime.from(Instant.now().minusSeconds(1000));
    write(root.resolve("pom.xml"), before);
    for (String module :
        List.of(
            "kronwood-core",
            "kronwood-io",
            "kronwood-library",
            "kronwood-report",
            "kronwood-export",
            "kronwood-server",
            "kronwood-dashboard",
            "kronwood-chem",
            MODULE)) {
      Path folder = root.resolve(module);
      Files.createDirectories(folder.resolve("src/main"));
      Files.setLastModifiedTime(folder.resolve("src/main"), before);
      write(folder.resolve("pom.xml"), before);
      String inputs = "target/maven-status/maven-compiler-plugin/compile/default-compile";
      Files.createDirectories(folder.resolve(inputs));
      Files.createFile(folder.resolve(inputs).resolve("inputFiles.lst"));
      if (!module.equals(MODULE)) {
        Files.createFile(target.resolve("lib").resolve(module + "-1.jar"));
      }
    }
    writeJar(target.resolve("kronwood-cli.jar"));
  }

  private static void write(Path file, FileTime time) throws IOException {
    Files.createFile(file);
    Files.setLastModifiedTime(file, time);
  }

  /** All classes of this build in one jar, which refers to the jars of others. */
  private static void writeJar(Path jar) throws IOException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<Path> folders = new ArrayList<>();
    List<String> jars = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      Path file = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(file) && !file.endsWith("test-classes")) {
        folders.add(file);
      } else if (Files.isRegularFile(file)) {
        jars.add(file.toUri().toString());
      }
    }
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", jars));
    Set<String> written = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Path folder : folders) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path source : files.filter(Files::isRegularFile).toList()) {
            String name = folder.relativize(source).toString();
            if (!name.equals("META-INF/MANIFEST.MF") && written.add(name)) {
              out.putNextEntry(new ZipEntry(name));
              Files.copy(source, out);
              out.closeEntry();
            }
          }
        }
      }
    }
  }

  private static Run launch(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("kronwood").toString()));
    command.addAll(Arrays.asList(args));
    return started(command);
  }

  private static Run started(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(shared, "out", ".txt");
    Path err = Files.createTempFile(shared, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("KRONWOOD_JAVA_HOME", System.getProperty("java.home"));
    for (String name : List.of("KRONWOOD_JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")) {
      builder.environment().remove(name);
    }
    int code = builder.start().waitFor();
    return new Run(code, Files.readString(out), Files.readString(err));
  }

  private static void startsQuietly(String... args) throws IOException, InterruptedException {
    Run run = launch(args);
    assertEquals(ExitCodes.SUCCESS, run.code(), run::toString);
    assertEquals("", run.err());
    assertEquals(Run.well(args).out().lines().findFirst(), run.out().lines().findFirst());
  }

  @Test
  void whatComputesNothingStartsWithoutTheWarningOfTheIncubatorModule()
      throws IOException, InterruptedException {
    startsQuietly("--help");
    startsQuietly("help", "cv");
    startsQuietly("train", "--help");
    startsQuietly("explain", "-h");
    startsQuietly("completion");
    String model =
        SOURCES + "/kronwood-core/src/test/resources/kronwood/model/file/golden/model-v1.kron";
    startsQuietly("inspect", "--model", model);
    startsQuietly("inspect", "--json", "--model", model);
  }

  @Test
  void whatComputesHasTheSimdKernels() throws IOException, InterruptedException {
    Run run = launch("doctor", "--json");
    assertTrue(run.err().contains("Using incubator modules"), run::toString);
    assertFalse(run.out().contains("not present"), run::toString);
  }

  @Test
  void theCacheIsMadeOnceAndAgainForAnotherJar() throws IOException, InterruptedException {
    startsQuietly("--help");
    assertTrue(Files.size(cache) > 0);
    FileTime made = Files.getLastModifiedTime(cache);
    startsQuietly("--help");
    assertEquals(made, Files.getLastModifiedTime(cache));
    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().minusSeconds(500)));
    startsQuietly("--help");
    assertTrue(Files.getLastModifiedTime(cache).compareTo(made) > 0);
  }

  @Test
  void aCacheThatDoesNotFitIsPassedOverInSilence() throws IOException, InterruptedException {
    startsQuietly("--help");
    byte[] good = Files.readAllBytes(cache);
    Files.write(cache, Arrays.copyOf(good, good.length / 2));
    startsQuietly("--help");
    Files.writeString(cache, "no cache at all");
    startsQuietly("--help");
    Files.write(cache, new byte[0]);
    startsQuietly("--help");
    // Of another jar: the virtual machine compares sizes and times, the launcher only the order.
    Files.write(cache, good);
    Path jar = cache.resolveSibling("kronwood-cli.jar");
    FileTime time = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(time.toInstant().minusSeconds(5)));
    startsQuietly("--help");
    Files.setLastModifiedTime(jar, time);
  }

  @Test
  void aHelpTextMayBeClosedEarly() throws IOException, InterruptedException {
    String script = "{ \"$0\" train --help; echo \"code $?\" >&2; } | head -1";
    Run run = started(List.of("/bin/sh", "-c", script, root.resolve("kronwood").toString()));
    assertEquals("code 0\n", run.err());
    assertEquals(1, run.out().lines().count());
    // The same with a reader that has gone before anything is written.
    String gone = "{ sleep 1; \"$0\" --version; echo \"code $?\" >&2; } | true";
    run = started(List.of("/bin/sh", "-c", gone, root.resolve("kronwood").toString()));
    assertEquals("code 0\n", run.err());
  }

  @Test
  void changedSourcesInACloneThatCannotBeWrittenRunTheJarThatIsThere()
      throws IOException, InterruptedException {
    Path pom = root.resolve("pom.xml");
    FileTime time = Files.getLastModifiedTime(pom);
    // A file where the launcher wants its folder: not even root can write into it.
    Path target = Files.createFile(root.resolve("target-kept"));
    if (Files.isDirectory(root.resolve("target"))) {
      Files.delete(root.resolve("target"));
    }
    Files.move(target, root.resolve("target"));
    Files.setLastModifiedTime(pom, FileTime.from(Instant.now().plusSeconds(500)));
    try {
      Run run = launch("--version");
      assertEquals(ExitCodes.SUCCESS, run.code(), run::toString);
      assertEquals(Run.well("--version").out(), run.out());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().contains("is not writable: running what was built before"), run.err());
    } finally {
      Files.setLastModifiedTime(pom, time);
      Files.delete(root.resolve("target"));
    }
  }
}
