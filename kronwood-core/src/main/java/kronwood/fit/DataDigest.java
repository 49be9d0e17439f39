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
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Features;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.data.Targets;

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
    try {
      DataDigest self = new DataDigest(MessageDigest.getInstance("SHA-256"));
      for (int table : data.tableOfMode()) {
        self.putInt(table);
      }
      data.tables().forEach(self::putTable);
      self.putSamples(data.samples(), data.modes().size());
      for (int[] part : new int[][] {split.train(), split.validation(), split.test()}) {
        self.putInt(part.length);
        for (int sample : part) {
          self.putInt(sample);
        }
      }
      self.flush();
      return HexFormat.of().formatHex(self.digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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

  private void putSamples(Samples samples, int modes) {
    Targets targets = samples.targets();
    targets.names().forEach(this::putText);
    if (targets instanceof ClassTargets classes) {
      classes.classes().forEach(this::putText);
    }
    for (int i = 0; i < samples.size(); i++) {
      for (int k = 0; k < modes; k++) {
        putInt(samples.tuples().entity(i, k));
      }
      switch (targets) {
        case RealTargets real -> {
          for (int c = 0; c < real.outputs(); c++) {
            putInt(Float.floatToIntBits(real.value(i, c)));
          }
        }
        case ClassTargets classes -> putInt(classes.label(i));
      }
      putInt(Float.floatToIntBits(samples.weight(i)));
    }
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
