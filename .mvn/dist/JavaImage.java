import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The part of this JDK that some jars need, as a folder of its own. */
final class JavaImage {
  /**
   * Named by jdeps, but only for classes that nothing of ours loads: colours in vecmath, which the
   * Chemistry Development Kit uses for coordinates. It is large.
   */
  private static final String UNUSED = "java.desktop";

  /** For the SIMD kernels; a module that has to be asked for. */
  private static final String SIMD = "jdk.incubator.vector";

  private JavaImage() {}

  static void write(Path jar, Path libraries, Path folder)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
            "--add-modules",
            String.join(",", modules(jar, libraries)),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--compress=zip-9",
            // Classes of the JDK as the JVM holds them after loading, for commands without our
            // cache.
            "--generate-cds-archive",
            "--output",
            folder.toString());
    // A process of its own: classes that jlink makes are others in one that has done much before.
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
  }

  private static TreeSet<String> modules(Path jar, Path libraries) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--multi-release",
                Integer.toString(Runtime.version().feature()),
                "--ignore-missing-deps",
                "--print-module-deps",
                jar.toString()));
    try (Stream<Path> files = Files.list(libraries)) {
      files.map(Path::toString).sorted().forEach(arguments::add);
    }
    String answer = jdeps(arguments.toArray(String[]::new)).strip();
    TreeSet<String> modules = new TreeSet<>(Arrays.asList(answer.split(",")));
    modules.remove(UNUSED);
    modules.add(SIMD);
    return modules;
  }

  private static String jdeps(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(new PrintWriter(out), new PrintWriter(err), arguments);
    if (code != 0) {
      throw new IllegalStateException("jdeps failed: " + out + err);
    }
    return out.toString();
  }
}
