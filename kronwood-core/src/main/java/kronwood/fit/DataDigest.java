package kronwood.fit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Cells;
import kronwood.data.ChunkShuffle;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Features;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.SplitPart;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of all that a training reads: ids, attributes, tuples, targets, weights and the split.
 * Two data sets with the same digest train the same model.
 */
final class DataDigest {
  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

  private DataDigest(MessageDigest digest) {
    this.digest = digest;
  }

  static String of(Dataset data, Split split) {
    DataDigest self = begun(data);
    Samples samples = data.samples();
    for (int i = 0; i < samples.size(); i++) {
      self.putSample(samples, i, data.modes().size());
    }
    for (int[] part : new int[][] {split.train(), split.validation(), split.test()}) {
      self.putInt(part.length);
      for (int sample : part) {
        self.putInt(sample);
      }
    }
    return self.finished(split.shuffle());
  }

  /**
   * The digest of stored samples: that of the same samples in memory, one part after the other.
   *
   * @param data tables, and the samples that are there at present
   * @param feed goes through all samples
   */
  static String of(Dataset data, SampleFeed feed, ChunkShuffle shuffle) {
    DataDigest self = begun(data);
    for (SplitPart part : SplitPart.values()) {
      feed.walk(part).forEach(i -> self.putSample(data.samples(), i, data.modes().size()));
    }
    int next = 0;
    for (SplitPart part : SplitPart.values()) {
      int size = feed.size(part);
      self.putInt(size);
      for (int i = 0; i < size; i++) {
        self.putInt(next++);
      }
    }
    return self.finished(shuffle);
  }

  /** Of all that comes before the samples. */
  private static DataDigest begun(Dataset data) {
    try {
      DataDigest self = new DataDigest(MessageDigest.getInstance("SHA-256"));
      for (int table : data.tableOfMode()) {
        self.putInt(table);
      }
      data.tables().forEach(self::putTable);
      Targets targets = data.samples().targets();
      targets.names().forEach(self::putText);
      if (targets instanceof ClassTargets classes) {
        classes.classes().forEach(self::putText);
      }
      return self;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private String finished(@Nullable ChunkShuffle shuffle) {
    if (shuffle != null) {
      putInt(shuffle.chunk());
      putInt(shuffle.window());
    }
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void putTable(EntityTable table) {
    putInt(table.size());
    table.ids().asList().forEach(this::putText);
    table.columns().forEach(this::putText);
    switch (table.attributes()) {
      case Features features -> putFeatures(features);
      case Similarities similarities -> putSimilarities(similarities);
      case Blocks blocks -> blocks.blocks().forEach(this::putBlock);
    }
  }

  private void putBlock(Block block) {
    putText(block.getClass().getSimpleName());
    putText(block.name());
    putText(Double.toString(block.weight()));
    switch (block) {
      case Block.OfFeatures given -> {
        putText(given.kernel().key());
        putFeatures(given.features());
      }
      case Block.OfCells given -> {
        putText(given.kernel().key());
        putText(given.encoding().toString());
        putCells(given.cells());
      }
      case Block.OfSimilarities given -> putSimilarities(given.similarities());
      case Block.OfProfile given -> putText(given.kernel().key());
      case Block.OfIdentity given -> {
        for (int reference : given.reference()) {
          putInt(reference);
        }
      }
    }
  }

  private void putCells(Cells cells) {
    for (int e = 0; e < cells.entities(); e++) {
      for (int c = 0; c < cells.columns(); c++) {
        putText(Objects.requireNonNullElse(cells.cell(e, c), ""));
      }
    }
  }

  private void putFeatures(Features features) {
    double[] row = new double[features.columns()];
    for (int e = 0; e < features.entities(); e++) {
      Arrays.fill(row, 0);
      features.addTo(e, 1, row);
      for (double value : row) {
        putInt(Float.floatToIntBits((float) value));
      }
    }
  }

  private void putSimilarities(Similarities similarities) {
    for (int e = 0; e < similarities.entities(); e++) {
      for (int c = 0; c < similarities.columns(); c++) {
        putInt(Float.floatToIntBits(similarities.value(e, c)));
      }
    }
  }

  private void putSample(Samples samples, int i, int modes) {
    for (int k = 0; k < modes; k++) {
      putInt(samples.tuples().entity(i, k));
    }
    switch (samples.targets()) {
      case RealTargets real -> {
        for (int c = 0; c < real.outputs(); c++) {
          putInt(Float.floatToIntBits(real.value(i, c)));
        }
      }
      case ClassTargets classes -> putInt(classes.label(i));
    }
    putInt(Float.floatToIntBits(samples.weight(i)));
  }

  private void putText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    flush();
    digest.update(bytes);
  }

  private void putInt(int value) {
    if (buffer.remaining() < Integer.BYTES) {
      flush();
    }
    buffer.putInt(value);
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }
}
