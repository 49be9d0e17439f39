package kronwood.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import kronwood.fit.CheckpointStore;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** A folder of a Hadoop file system that driver and executors see: {@code file:}, {@code hdfs:}. */
final class HadoopStore implements CheckpointStore, Serializable {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final SerializableConfiguration configuration;

  HadoopStore(String folder, Configuration configuration) {
    this.folder = folder;
    this.configuration = new SerializableConfiguration(configuration);
  }

  private FileSystem system() throws IOException {
    return new Path(folder).getFileSystem(configuration.value());
  }

  private Path path(String name) {
    return new Path(folder, name);
  }

  /** Makes the folder if it is not there. */
  void make() throws IOException {
    if (!system().mkdirs(new Path(folder))) {
      throw new IOException("it cannot be made");
    }
  }

  @Override
  public String place() {
    return folder;
  }

  @Override
  public List<String> names() throws IOException {
    return Arrays.stream(system().listStatus(new Path(folder)))
        .filter(FileStatus::isFile)
        .map(file -> file.getPath().getName())
        .toList();
  }

  @Override
  public void fetch(String name, java.nio.file.Path to) throws IOException {
    try (InputStream in = open(name)) {
      java.nio.file.Files.copy(in, to);
    }
  }

  InputStream open(String name) throws IOException {
    return system().open(path(name));
  }

  /** Replaces a file that is there: it has the same bytes. */
  @Override
  public void store(java.nio.file.Path from, String name) throws IOException {
    FileSystem system = system();
    Path temporary = path(name + "." + java.util.UUID.randomUUID() + ".tmp");
    try {
      system.copyFromLocalFile(false, true, new Path(from.toUri()), temporary);
      if (!system.rename(temporary, path(name))) {
        system.delete(path(name), false);
        if (!system.rename(temporary, path(name))) {
          throw new IOException("'" + name + "' cannot be named so");
        }
      }
    } finally {
      system.delete(temporary, false);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    system().delete(path(name), false);
  }
}
