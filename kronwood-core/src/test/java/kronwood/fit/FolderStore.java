package kronwood.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A store in a local folder, whose disk refuses some names. */
final class FolderStore implements CheckpointStore {
  private final Path folder;
  private final Predicate<String> refuses;

  FolderStore(Path folder) {
    this(folder, name -> false);
  }

  FolderStore(Path folder, Predicate<String> refuses) {
    this.folder = folder;
    this.refuses = refuses;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String place() {
    return folder.toString();
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Those with an ending. */
  List<String> names(String ending) throws IOException {
    return names().stream().filter(name -> name.endsWith(ending)).toList();
  }

  @Override
  public void fetch(String name, Path to) throws IOException {
    Files.copy(folder.resolve(name), to);
  }

  @Override
  public void store(Path from, String name) throws IOException {
    if (refuses.test(name)) {
      throw new IOException("no space for " + name);
    }
    Path temporary = folder.resolve(name + ".tmp");
    Files.copy(from, temporary);
    Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }
}
