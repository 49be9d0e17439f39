import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Runs google-java-format over all sources of all modules: {@code check} names the files that
 * differ and fails, {@code apply} rewrites them. The build starts it from source, with the
 * formatter on the class path.
 */
final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean apply =
        switch (args[0]) {
          case "apply" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("neither check nor apply: " + args[0]);
        };
    Path root = Path.of(args[1]);
    List<String> command = new ArrayList<>(List.of(apply ? "--replace" : "--dry-run"));
    command.addAll(sources(root));
    StringWriter out = new StringWriter();
    int exit =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(System.err, true),
                command.toArray(String[]::new));
    List<String> unformatted = out.toString().lines().toList();
    if (exit != 0) {
      System.exit(exit);
    }
    if (!unformatted.isEmpty()) {
      System.err.println("Not in google-java-format:");
      unformatted.forEach(file -> System.err.println("  " + root.relativize(Path.of(file))));
      System.err.println("Format them with: ./mvnw -N -Pformat verify");
      System.exit(1);
    }
  }

  private static List<String> sources(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    addSources(root.resolve(".mvn"), sources);
    // Modules, and what belongs to one of them, such as benchmarks/pytorch.
    try (Stream<Path> folders =
        Files.find(root, 3, (path, about) -> about.isDirectory() && path.endsWith("src"))) {
      for (Path src : folders.sorted().toList()) {
        addSources(src, sources);
      }
    }
    return sources;
  }

  private static void addSources(Path folder, List<String> sources) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(sources::add);
    }
  }
}
