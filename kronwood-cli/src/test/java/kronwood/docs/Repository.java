package kronwood.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests belong to. */
final class Repository {
  static final Path ROOT = root();

  private Repository() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not started below the folder of mvnw");
      }
    }
    return folder;
  }

  /** The README, all pages in docs, and the README of each example. */
  static List<Path> pages() {
    return Stream.of(
            Stream.of(ROOT.resolve("README.md")),
            filesBelow(ROOT.resolve("docs")).filter(file -> file.toString().endsWith(".md")),
            filesBelow(ROOT.resolve("examples")).filter(file -> file.endsWith("README.md")))
        .flatMap(files -> files)
        .toList();
  }

  /** Regular files below a folder, in the order of their names. */
  static Stream<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Path of a file as a reader of the repository writes it. */
  static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }
}
