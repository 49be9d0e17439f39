package kronwood.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The seeds with which random tests fail, kept from run to run: a file for each test class, with a
 * line for each run, its seed and its name. A run that succeeds is taken out again.
 */
final class FailedSeeds {
  /** Those of the module that is tested. */
  static final FailedSeeds OF_MODULE = new FailedSeeds(Path.of("target", "failed-seeds"));

  private final Path folder;

  FailedSeeds(Path folder) {
    this.folder = folder;
  }

  /** The seeds with which the runs of that name in that class failed last. */
  synchronized List<Long> of(String testClass, String name) {
    return read(testClass).stream()
        .filter(line -> nameOf(line).equals(name))
        .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
        .toList();
  }

  private static String nameOf(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  synchronized void add(String testClass, String name, long seed) {
    change(
        testClass,
        lines -> {
          if (!lines.contains(line(name, seed))) {
            lines.add(line(name, seed));
          }
        });
  }

  synchronized void remove(String testClass, String name, long seed) {
    if (Files.exists(file(testClass))) {
      change(testClass, lines -> lines.remove(line(name, seed)));
    }
  }

  private void change(String testClass, Consumer<List<String>> change) {
    List<String> lines = new ArrayList<>(read(testClass));
    change.accept(lines);
    try {
      if (lines.isEmpty()) {
        Files.deleteIfExists(file(testClass));
      } else {
        Files.createDirectories(folder);
        Files.write(file(testClass), lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> read(String testClass) {
    Path file = file(testClass);
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String testClass) {
    return folder.resolve(testClass + ".txt");
  }

  private static String line(String name, long seed) {
    return seed + " " + name;
  }
}
