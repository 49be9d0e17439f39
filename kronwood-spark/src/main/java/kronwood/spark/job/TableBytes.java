package kronwood.spark.job;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.data.SparseFeatures;
import org.jspecify.annotations.Nullable;

/** Entity tables as bytes: a tag for each kind of attributes, then shapes and values. */
public final class TableBytes {
  private static final int DENSE = 1;
  private static final int SPARSE = 2;
  private static final int SIMILARITIES = 3;
  private static final int BLOCKS = 4;
  private static final int OF_FEATURES = 11;
  private static final int OF_CELLS = 12;
  private static final int OF_SIMILARITIES = 13;
  private static final int OF_IDENTITY = 14;
  private static final int OF_PROFILE = 15;

  private TableBytes() {}

  public static void write(EntityTable table, DataOutputStream out) throws IOException {
    writeText(table.name(), out);
    writeTexts(table.ids().asList(), out);
    writeTexts(table.columns(), out);
    writeAttributes(table.attributes(), out);
  }

  public static EntityTable read(DataInputStream in) throws IOException {
    String name = readText(in);
    EntityIds ids = EntityIds.of(readTexts(in));
    List<String> columns = readTexts(in);
    return new EntityTable(name, ids, columns, readAttributes(in));
  }

  private static void writeAttributes(Attributes attributes, DataOutputStream out)
      throws IOException {
    switch (attributes) {
      case Features features -> writeFeatures(features, out);
      case Similarities similarities -> {
        out.writeByte(SIMILARITIES);
        writeSimilarities(similarities, out);
      }
      case Blocks blocks -> {
        out.writeByte(BLOCKS);
        out.writeInt(blocks.blocks().size());
        for (Block block : blocks.blocks()) {
          writeBlock(block, out);
        }
      }
    }
  }

  private static Attributes readAttributes(DataInputStream in) throws IOException {
    int tag = in.readByte();
    return switch (tag) {
      case DENSE, SPARSE -> readFeatures(tag, in);
      case SIMILARITIES -> readSimilarities(in);
      case BLOCKS -> {
        List<Block> blocks = new ArrayList<>();
        int count = in.readInt();
        for (int b = 0; b < count; b++) {
          blocks.add(readBlock(in));
        }
        yield new Blocks(blocks);
      }
      default -> throw new IOException("attributes of kind " + tag);
    };
  }

  private static void writeBlock(Block block, DataOutputStream out) throws IOException {
    switch (block) {
      case Block.OfFeatures of -> {
        writeHead(OF_FEATURES, of, out);
        writeText(of.kernel().key(), out);
        writeFeatures(of.features(), out);
      }
      case Block.OfCells of -> {
        writeHead(OF_CELLS, of, out);
        writeText(of.kernel().key(), out);
        writeText(of.encoding().type(), out);
        writeTexts(List.copyOf(of.encoding().options().keySet()), out);
        writeTexts(List.copyOf(of.encoding().options().values()), out);
        writeCells(of.cells(), out);
      }
      case Block.OfSimilarities of -> {
        writeHead(OF_SIMILARITIES, of, out);
        writeSimilarities(of.similarities(), out);
      }
      case Block.OfIdentity of -> {
        writeHead(OF_IDENTITY, of, out);
        out.writeInt(of.columns());
        writeInts(of.reference(), out);
      }
      case Block.OfProfile of -> {
        writeHead(OF_PROFILE, of, out);
        writeText(of.kernel().key(), out);
        out.writeInt(of.entities());
        out.writeBoolean(of.profiles() != null);
        if (of.profiles() != null) {
          writeFeatures(of.profiles(), out);
        }
      }
    }
  }

  private static void writeHead(int tag, Block block, DataOutputStream out) throws IOException {
    out.writeByte(tag);
    writeText(block.name(), out);
    out.writeDouble(block.weight());
  }

  private static Block readBlock(DataInputStream in) throws IOException {
    int tag = in.readByte();
    String name = readText(in);
    double weight = in.readDouble();
    return switch (tag) {
      case OF_FEATURES ->
          new Block.OfFeatures(
              name, weight, FeatureKernel.of(readText(in)), readFeatures(in.readByte(), in));
      case OF_CELLS -> {
        FeatureKernel kernel = FeatureKernel.of(readText(in));
        String type = readText(in);
        List<String> keys = readTexts(in);
        List<String> values = readTexts(in);
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
          options.put(keys.get(i), values.get(i));
        }
        yield new Block.OfCells(name, weight, kernel, new Encoding(type, options), readCells(in));
      }
      case OF_SIMILARITIES -> new Block.OfSimilarities(name, weight, readSimilarities(in));
      case OF_IDENTITY -> new Block.OfIdentity(weight, in.readInt(), readInts(in));
      case OF_PROFILE -> {
        FeatureKernel kernel = FeatureKernel.of(readText(in));
        int entities = in.readInt();
        Features profiles = in.readBoolean() ? readFeatures(in.readByte(), in) : null;
        yield new Block.OfProfile(weight, kernel, entities, profiles);
      }
      default -> throw new IOException("a block of kind " + tag);
    };
  }

  private static void writeFeatures(Features features, DataOutputStream out) throws IOException {
    switch (features) {
      case DenseFeatures dense -> {
        out.writeByte(DENSE);
        out.writeInt(dense.entities());
        out.writeInt(dense.columns());
        for (int e = 0; e < dense.entities(); e++) {
          for (int c = 0; c < dense.columns(); c++) {
            out.writeFloat(dense.value(e, c));
          }
        }
      }
      case SparseFeatures sparse -> {
        out.writeByte(SPARSE);
        out.writeInt(sparse.columns());
        writeInts(sparse.rowStarts(), out);
        writeInts(sparse.storedColumns(), out);
        for (float value : sparse.stored()) {
          out.writeFloat(value);
        }
      }
    }
  }

  private static Features readFeatures(int tag, DataInputStream in) throws IOException {
    if (tag == DENSE) {
      int entities = in.readInt();
      int columns = in.readInt();
      return DenseFeatures.of(
          entities, columns, readFloats(Math.multiplyExact(entities, columns), in));
    }
    int columns = in.readInt();
    int[] starts = readInts(in);
    int[] stored = readInts(in);
    return SparseFeatures.of(columns, starts, stored, readFloats(stored.length, in));
  }

  private static void writeSimilarities(Similarities similarities, DataOutputStream out)
      throws IOException {
    out.writeInt(similarities.columns());
    out.writeInt(similarities.entities());
    for (int e = 0; e < similarities.entities(); e++) {
      for (int c = 0; c < similarities.columns(); c++) {
        out.writeFloat(similarities.value(e, c));
      }
    }
  }

  private static Similarities readSimilarities(DataInputStream in) throws IOException {
    int columns = in.readInt();
    int entities = in.readInt();
    return Similarities.to(
        columns, entities, readFloats(Math.multiplyExact(entities, columns), in));
  }

  private static void writeCells(Cells cells, DataOutputStream out) throws IOException {
    out.writeInt(cells.columns());
    out.writeInt(cells.entities());
    for (int e = 0; e < cells.entities(); e++) {
      for (int c = 0; c < cells.columns(); c++) {
        String cell = cells.cell(e, c);
        writeText(cell == null ? "" : cell, out);
      }
    }
  }

  private static Cells readCells(DataInputStream in) throws IOException {
    int columns = in.readInt();
    int entities = in.readInt();
    List<@Nullable String> cells = new ArrayList<>();
    for (int i = 0; i < entities * columns; i++) {
      cells.add(readText(in));
    }
    return Cells.of(columns, cells);
  }

  static void writeInts(int[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  static int[] readInts(DataInputStream in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  static float[] readFloats(int count, DataInputStream in) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  static List<String> readTexts(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
