package kronwood.spark;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import kronwood.data.EntityTable;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.spark.job.Chunks;
import kronwood.spark.job.ExecutorCache;
import kronwood.spark.job.ModelBytes;
import kronwood.spark.job.TableBytes;

/** A model with the new entities that it was given, as tasks predict with it. */
final class ModelState implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ModelBytes bytes;
  private final Chunks newEntities;
  private final String key;

  ModelState(ModelBytes bytes, List<EntityTable> newEntities) {
    this.bytes = bytes;
    try {
      this.newEntities =
          Chunks.of(
              stream -> {
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
                out.writeInt(newEntities.size());
                for (EntityTable table : newEntities) {
                  TableBytes.write(table, out);
                }
                out.flush();
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.key = bytes.sha256() + " " + ModelBytes.sha256(this.newEntities);
  }

  /** Tells states apart: two with the same key predict the same. */
  String key() {
    return key;
  }

  /** What predicts, with the model that it predicts by. */
  record Loaded(Model model, Predictor predictor) {}

  /** Loads it once for all tasks of this process. */
  Loaded load(int threads) {
    return ExecutorCache.get(
        "model " + key + " " + threads,
        Loaded.class,
        () -> {
          Model model = ExecutorCache.get("model " + bytes.sha256(), Model.class, bytes::load);
          return new Loaded(model, model.predictor(readNew(), threads));
        });
  }

  private List<EntityTable> readNew() {
    try (DataInputStream in = new DataInputStream(newEntities.open())) {
      int count = in.readInt();
      List<EntityTable> tables = new ArrayList<>();
      for (int t = 0; t < count; t++) {
        tables.add(TableBytes.read(in));
      }
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
