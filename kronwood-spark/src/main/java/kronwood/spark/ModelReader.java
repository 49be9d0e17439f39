package kronwood.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import kronwood.fault.InputException;
import kronwood.spark.job.Chunks;
import kronwood.spark.job.ModelBytes;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link ModelWriter} wrote. */
final class ModelReader<M extends KronwoodModel<M>> extends MLReader<M> {
  private final Class<M> type;
  private final BiFunction<String, ModelBytes, M> made;

  ModelReader(Class<M> type, BiFunction<String, ModelBytes, M> made) {
    this.type = type;
    this.made = made;
  }

  @Override
  public M load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sparkSession(), type.getName());
    Path file = new Path(path, ModelWriter.FILE);
    try (InputStream in =
        file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).open(file)) {
      M model = made.apply(metadata.uid(), new ModelBytes(Chunks.read(in)));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    } catch (FileNotFoundException e) {
      throw new InputException("there is no model file " + file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be read from " + file, e);
    }
  }
}
