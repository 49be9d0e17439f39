package kronwood.spark.job;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.fit.HeldOutPredictions;

/**
 * What a training reads, made once by the driver and sent to all tasks: sorted samples, tables, the
 * split, and the digest of all this. A task that reads other data than the driver wrote fails.
 */
public final class PreparedData implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int FORMAT = 0x4b575331;

  private final Chunks chunks;
  private final String digest;

  private PreparedData(Chunks chunks, String digest) {
    this.chunks = chunks;
    this.digest = digest;
  }

  /**
   * What is in it.
   *
   * @param data entities, modes and samples
   * @param split which samples train and which validate
   */
  public record Contents(Dataset data, Split split) {}

  public static PreparedData of(Dataset data, Split split) {
    try {
      Chunks chunks =
          Chunks.of(
              stream -> {
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
                write(data, split, out);
                out.flush();
              });
      return new PreparedData(chunks, HeldOutPredictions.digest(data, split));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 of all that a training reads. */
  String digest() {
    return digest;
  }

  /** Reads it; the tasks of a process that need the same data share it. */
  public Contents contents() {
    return ExecutorCache.get("data " + digest, Contents.class, this::read);
  }

  private Contents read() {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(chunks.open()))) {
      Contents contents = read(in);
      String found = HeldOutPredictions.digest(contents.data, contents.split);
      if (!found.equals(digest)) {
        throw new IllegalStateException(
            "training data have the digest %s here, the driver sent %s".formatted(found, digest));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException("training data cannot be read", e);
    }
  }

  private static void write(Dataset data, Split split, DataOutputStream out) throws IOException {
    out.writeInt(FORMAT);
    out.writeInt(data.tables().size());
    for (EntityTable table : data.tables()) {
      TableBytes.write(table, out);
    }
    TableBytes.writeInts(data.tableOfMode(), out);
    TableBytes.writeTexts(data.modes().stream().map(Mode::name).toList(), out);
    Samples samples = data.samples();
    out.writeInt(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      for (int k = 0; k < data.modes().size(); k++) {
        out.writeInt(samples.tuples().entity(i, k));
      }
      out.writeFloat(samples.weight(i));
    }
    Targets targets = samples.targets();
    TableBytes.writeTexts(targets.names(), out);
    switch (targets) {
      case RealTargets real -> {
        TableBytes.writeTexts(List.of(), out);
        for (int i = 0; i < samples.size(); i++) {
          out.writeFloat(real.value(i, 0));
        }
      }
      case ClassTargets classes -> {
        TableBytes.writeTexts(classes.classes(), out);
        for (int i = 0; i < samples.size(); i++) {
          out.writeInt(classes.label(i));
        }
      }
    }
    TableBytes.writeInts(split.train(), out);
    TableBytes.writeInts(split.validation(), out);
    TableBytes.writeInts(split.test(), out);
  }

  private static Contents read(DataInputStream in) throws IOException {
    if (in.readInt() != FORMAT) {
      throw new IOException("training data of another version");
    }
    List<EntityTable> tables = new ArrayList<>();
    int count = in.readInt();
    for (int t = 0; t < count; t++) {
      tables.add(TableBytes.read(in));
    }
    int[] tableOfMode = TableBytes.readInts(in);
    List<String> names = TableBytes.readTexts(in);
    List<Mode> modes = new ArrayList<>();
    for (int k = 0; k < tableOfMode.length; k++) {
      modes.add(new Mode(names.get(k), tables.get(tableOfMode[k])));
    }
    int size = in.readInt();
    int[] entities = new int[size * tableOfMode.length];
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < tableOfMode.length; k++) {
        entities[i * tableOfMode.length + k] = in.readInt();
      }
      weights[i] = in.readFloat();
    }
    List<String> targets = TableBytes.readTexts(in);
    List<String> classes = TableBytes.readTexts(in);
    Targets read;
    if (classes.isEmpty()) {
      read = RealTargets.of(targets, TableBytes.readFloats(size, in));
    } else {
      int[] labels = new int[size];
      for (int i = 0; i < size; i++) {
        labels[i] = in.readInt();
      }
      read = ClassTargets.of(targets.getFirst(), classes, labels);
    }
    Samples samples =
        Samples.weighted(EntityTuples.of(tableOfMode.length, entities), read, weights);
    Split split =
        new Split(TableBytes.readInts(in), TableBytes.readInts(in), TableBytes.readInts(in));
    return new Contents(Dataset.of(modes, samples), split);
  }
}
