package kronwood.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A package is read as a whole, and so is a file: both stay small, in the main and the test sources
 * of all modules. What has grown too large is cut where a part of it has a name of its own.
 */
class SourceSizeTest {
  private static final int FILES = 30;
  private static final int LINES = 400;

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Pattern SOURCE = Pattern.compile("(.*/)?src/(main|test)/java/.*\\.java");

  @Test
  void noPackageHasMoreThanThirtySourceFiles() throws IOException {
    assertEquals(List.of(), largePackages(ROOT, FILES), "packages with more files than " + FILES);
  }

  @Test
  void noSourceFileHasMoreThanFourHundredLines() throws IOException {
    assertEquals(List.of(), longFiles(ROOT, LINES), "files with more lines than " + LINES);
  }

  @Test
  void theSourcesOfAllModulesAreSeen() throws IOException {
    for (String module : List.of("kronwood-core", "kronwood-spark", "benchmarks", "examples")) {
      assertTrue(
          sources(ROOT).stream().anyMatch(name -> name.startsWith(module + "/")),
          "sources of " + module);
    }
  }

  @Test
  void whatIsTooLargeIsFound(@TempDir Path root) throws IOException {
    Path small = Files.createDirectories(root.resolve("a/src/main/java/p"));
    Path large = Files.createDirectories(root.resolve("b/c/src/test/java/p/q"));
    Path made = Files.createDirectories(root.resolve("a/target/src/main/java/p"));
    for (String name : List.of("One.java", "Two.java", "Three.java")) {
      Files.writeString(large.resolve(name), "1\n");
      Files.writeString(made.resolve(name), "1\n2\n3\n");
    }
    Files.writeString(small.resolve("One.java"), "1\n2\n3\n");
    Files.writeString(small.resolve("Two.java"), "1\n2\n");
    assertEquals(List.of("b/c/src/test/java/p/q: 3"), largePackages(root, 2));
    assertEquals(List.of(), largePackages(root, 3));
    assertEquals(List.of("a/src/main/java/p/One.java: 3"), longFiles(root, 2));
    assertEquals(List.of(), longFiles(root, 3));
  }

  /** Folders with more source files than {@code most}, and how many they have. */
  private static List<String> largePackages(Path root, int most) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (String name : sources(root)) {
      counts.merge(name.substring(0, name.lastIndexOf('/')), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > most)
        .map(count -> count.getKey() + ": " + count.getValue())
        .toList();
  }

  /** Source files with more lines than {@code most}, and how many they have. */
  private static List<String> longFiles(Path root, int most) throws IOException {
    List<String> found = new ArrayList<>();
    for (String name : sources(root)) {
      long lines = Files.readString(root.resolve(name)).lines().count();
      if (lines > most) {
        found.add(name + ": " + lines);
      }
    }
    return found;
  }

  /** Names of all sources below a folder but those that a build makes. */
  private static List<String> sources(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skip = !folder.equals(root) && (name.equals("target") || name.startsWith("."));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (SOURCE.matcher(name).matches()) {
              sources.add(name);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(sources);
    return sources;
  }
}
