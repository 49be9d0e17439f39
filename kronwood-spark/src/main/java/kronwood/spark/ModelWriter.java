package kronwood.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Writes a model as Spark's own are: {@code metadata}, and {@code data} with the model file. */
final class ModelWriter extends MLWriter {
  static final String FILE = "data/model.kron";

  private final KronwoodModel<?> model;

  ModelWriter(KronwoodModel<?> model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sparkSession());
    Path file = new Path(path, FILE);
    Configuration configuration = sparkSession().sparkContext().hadoopConfiguration();
    try {
      FileSystem system = file.getFileSystem(configuration);
      try (OutputStream out = system.create(file, true)) {
        model.bytes().chunks().writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be written to " + file, e);
    }
  }
}
