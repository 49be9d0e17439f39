package kronwood.fit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files by name that all processes of a training see: a folder of a distributed file system.
 *
 * <p>A file appears whole or not at all under its name, and never changes. Methods may be called
 * concurrently by several processes, never with the same name to write.
 */
public interface CheckpointStore {

  /** Where it is, for people. */
  String place();

  /** Names of the files that there are, those of others too. */
  List<String> names() throws IOException;

  /** Copies a file to the local disk; {@code to} is not there yet. */
  void fetch(String name, Path to) throws IOException;

  /** Copies a file of the local disk to the store, in one step. */
  void store(Path from, String name) throws IOException;

  /** Deletes a file if it is there. */
  void delete(String name) throws IOException;
}
