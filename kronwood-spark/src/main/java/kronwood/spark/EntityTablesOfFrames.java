package kronwood.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
import kronwood.encode.EncoderType;
import kronwood.encode.Encoders;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import kronwood.spark.EntityFrame.Attribute;
import kronwood.spark.EntityFrame.Kind;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Entity tables from data frames. Numbers alone are dense features, a single column of sparse
 * vectors is sparse ones; where texts are among the columns, each becomes a block of its own, as
 * the command line does it.
 */
final class EntityTablesOfFrames {
  private EntityTablesOfFrames() {}

  /**
   * What is known of the entities of a table.
   *
   * @param idNames what its id columns may be called
   * @param features a row of features for each entity, null if there are none
   * @param similarities their similarities, null if there are none
   */
  record Source(
      String table,
      List<String> idNames,
      @Nullable Dataset<Row> features,
      @Nullable Dataset<Row> similarities) {}

  /**
   * A table to train with.
   *
   * @param encodings of columns, by name
   * @param identity weight of what is learned of single entities, null for nothing
   * @param profile weight of comparisons by interactions, null for none
   * @param named ids that samples name, which are the entities of a table without attributes
   */
  static EntityTable training(
      Source source,
      Map<String, Encoding> encodings,
      @Nullable Double identity,
      @Nullable Double profile,
      List<String> named) {
    String name = source.table;
    Dataset<Row> given = source.features;
    EntityFrame frame =
        given == null ? null : EntityFrame.of(name, source.idNames, given, _ -> true);
    EntityIds ids =
        frame != null
            ? frame.ids()
            : source.similarities != null
                ? EntityFrame.idsOfSimilarities(name, source.idNames, source.similarities)
                : EntityIds.of(List.copyOf(new TreeSet<>(named)));
    if (ids.size() == 0) {
      throw new InputException("table '%s' has no rows".formatted(name), Facts.ofTable(name));
    }
    List<String> columns = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    boolean cells = false;
    if (frame != null) {
      checkEncodings(name, frame, encodings);
      cells =
          !encodings.isEmpty() || frame.attributes().stream().anyMatch(a -> a.kind() == Kind.TEXT);
      if (cells) {
        encoded(frame, encodings, columns, blocks);
      } else {
        blocks.add(
            new Block.OfFeatures(
                "features", 1, FeatureKernel.LINEAR, features(frame, frame.attributes(), columns)));
      }
    }
    Dataset<Row> similar = source.similarities;
    if (similar != null) {
      float[] values =
          EntityFrame.similarities(name, source.idNames, similar, ids.asList(), ids.asList());
      columns.addAll(ids.asList());
      blocks.add(
          new Block.OfSimilarities("similarity 1", 1, Similarities.square(ids.size(), values)));
    }
    if (profile != null) {
      blocks.add(new Block.OfProfile(profile, FeatureKernel.LINEAR, ids.size()));
    }
    if (identity != null) {
      columns.addAll(ids.asList());
      blocks.add(Block.OfIdentity.among(ids.size(), identity));
    }
    if (blocks.isEmpty()) {
      throw new InputException(
          "modes: nothing is known of the entities of '%s'; give a table of features, as in setTable(\"%s\", …), or setIdentity to learn of ids alone"
              .formatted(name, name),
          Facts.ofTable(name));
    }
    if (blocks.size() == 1 && !cells) {
      switch (blocks.getFirst()) {
        case Block.OfFeatures of -> {
          return new EntityTable(name, ids, columns, of.features());
        }
        case Block.OfSimilarities of -> {
          return new EntityTable(name, ids, columns, of.similarities());
        }
        default -> {}
      }
    }
    return new EntityTable(name, ids, columns, new Blocks(blocks));
  }

  private static void checkEncodings(
      String table, EntityFrame frame, Map<String, Encoding> encodings) {
    for (String column : encodings.keySet()) {
      if (frame.attribute(column) == null) {
        throw InputException.ofOption(
            "encodings",
            "table '%s' has no column '%s', its columns are %s"
                .formatted(
                    table,
                    column,
                    String.join(", ", frame.attributes().stream().map(Attribute::name).toList())));
      }
    }
  }

  /** Features of the listed columns; names of vectors' components are {@code NAME_0, …}. */
  private static Features features(
      EntityFrame frame, List<Attribute> attributes, List<String> columns) {
    if (attributes.isEmpty()) {
      throw new InputException("a table of features has no column but the ids");
    }
    if (attributes.size() == 1
        && attributes.getFirst().kind() == Kind.VECTOR
        && frame.isSparse(attributes.getFirst())) {
      return sparse(frame, attributes.getFirst(), columns);
    }
    int[] widths = new int[attributes.size()];
    for (int a = 0; a < widths.length; a++) {
      Attribute attribute = attributes.get(a);
      widths[a] = attribute.kind() == Kind.VECTOR ? frame.vector(0, attribute).length : 1;
      for (int c = 0; c < widths[a]; c++) {
        columns.add(
            attribute.kind() == Kind.VECTOR ? attribute.name() + "_" + c : attribute.name());
      }
    }
    int width = 0;
    for (int each : widths) {
      width += each;
    }
    float[] values = new float[Math.multiplyExact(frame.size(), width)];
    for (int e = 0; e < frame.size(); e++) {
      int at = e * width;
      for (int a = 0; a < widths.length; a++) {
        Attribute attribute = attributes.get(a);
        if (attribute.kind() == Kind.VECTOR) {
          float[] vector = vector(frame, e, attribute, widths[a]);
          System.arraycopy(vector, 0, values, at, widths[a]);
        } else {
          values[at] = frame.number(e, attribute);
        }
        at += widths[a];
      }
    }
    return DenseFeatures.of(frame.size(), width, values);
  }

  private static float[] vector(EntityFrame frame, int row, Attribute attribute, int width) {
    float[] vector = frame.vector(row, attribute);
    if (vector.length != width) {
      throw new InputException(
          "column '%s', id '%s': a vector of %d numbers, others have %d"
              .formatted(attribute.name(), frame.ids().id(row), vector.length, width));
    }
    return vector;
  }

  private static SparseFeatures sparse(
      EntityFrame frame, Attribute attribute, List<String> columns) {
    int width = frame.vector(0, attribute).length;
    for (int c = 0; c < width; c++) {
      columns.add(attribute.name() + "_" + c);
    }
    int[] starts = new int[frame.size() + 1];
    List<Integer> column = new ArrayList<>();
    List<Float> value = new ArrayList<>();
    for (int e = 0; e < frame.size(); e++) {
      float[] vector = vector(frame, e, attribute, width);
      for (int c = 0; c < width; c++) {
        if (vector[c] != 0) {
          column.add(c);
          value.add(vector[c]);
        }
      }
      starts[e + 1] = column.size();
    }
    float[] values = new float[value.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.get(i);
    }
    return SparseFeatures.of(
        width, starts, column.stream().mapToInt(Integer::intValue).toArray(), values);
  }

  /** A block of all numbers, then one for each column of texts. */
  private static void encoded(
      EntityFrame frame,
      Map<String, Encoding> encodings,
      List<String> columns,
      List<Block> blocks) {
    List<Attribute> numbers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Attribute attribute : frame.attributes()) {
      Encoding declared = encodings.get(attribute.name());
      if (declared == null && attribute.kind() == Kind.NUMBER) {
        numbers.add(attribute);
        continue;
      }
      if (attribute.kind() == Kind.VECTOR) {
        throw new InputException(
            "column '%s' holds vectors, which do not go with columns of texts; encode the texts with"
                    .formatted(attribute.name())
                + " Spark's own stages first");
      }
      Encoding encoding = declared == null ? new Encoding("categorical", Map.of()) : declared;
      blocks.add(
          new Block.OfCells(
              attribute.name(),
              1,
              Encoders.type(encoding.type()).kernel(),
              encoding,
              cells(frame, List.of(attribute), encoding)));
      names.add(attribute.name());
    }
    if (!numbers.isEmpty()) {
      Encoding numeric = new Encoding("numeric", Map.of());
      columns.addAll(numbers.stream().map(Attribute::name).toList());
      blocks.addFirst(
          new Block.OfCells(
              numbers.size() == 1 ? numbers.getFirst().name() : "numbers",
              1,
              FeatureKernel.LINEAR,
              numeric,
              cells(frame, numbers, numeric)));
    }
    columns.addAll(names);
  }

  private static Cells cells(EntityFrame frame, List<Attribute> attributes, Encoding encoding) {
    EncoderType type = Encoders.type(encoding.type());
    List<@Nullable String> cells = new ArrayList<>();
    for (int e = 0; e < frame.size(); e++) {
      for (Attribute attribute : attributes) {
        String cell = frame.cell(e, attribute);
        String problem = type.problem(encoding, cell == null || cell.isBlank() ? null : cell);
        if (problem != null) {
          throw new InputException(
              "id '%s', column '%s': %s".formatted(frame.ids().id(e), attribute.name(), problem));
        }
        cells.add(cell);
      }
    }
    return Cells.of(attributes.size(), cells);
  }

  /**
   * The entities of a source that a model does not know, null if there is none.
   *
   * @throws InputException if a column is missing that the model was trained with
   */
  static @Nullable EntityTable unknown(ModelTable known, Source source) {
    Dataset<Row> given = source.features;
    Dataset<Row> similar = source.similarities;
    Dataset<Row> first = given != null ? given : similar;
    if (first == null) {
      return null;
    }
    EntityFrame frame =
        EntityFrame.of(known.name(), source.idNames, first, id -> known.ids().indexOf(id) < 0);
    if (frame.size() == 0) {
      return null;
    }
    List<String> ids = frame.ids().asList();
    List<Block> blocks = new ArrayList<>();
    for (ModelBlock block : known.blocks()) {
      if (!block.kind().isGiven()) {
        continue;
      }
      boolean similarities = block.kind() == ModelBlock.Kind.SIMILARITIES;
      Dataset<Row> from = similarities ? similar : given;
      if (from == null) {
        throw new InputException(
            "table '%s': the model was trained with %s, which are not given for new entities"
                .formatted(known.name(), similarities ? "similarities" : "features"),
            Facts.ofTable(known.name()));
      }
      blocks.add(
          similarities
              ? new Block.OfSimilarities(
                  block.name(),
                  1,
                  Similarities.to(
                      block.columns().size(),
                      ids.size(),
                      EntityFrame.similarities(
                          known.name(), source.idNames, from, ids, block.columns())))
              : ofFeatures(known.name(), block, frame));
    }
    return blocks.isEmpty() ? null : known.newEntities(frame.ids(), blocks);
  }

  private static Block ofFeatures(String table, ModelBlock block, EntityFrame frame) {
    Encoding encoding = block.encoding();
    if (encoding != null) {
      List<Attribute> attributes =
          block.columns().stream().map(name -> attribute(table, frame, name)).toList();
      return new Block.OfCells(
          block.name(), 1, FeatureKernel.LINEAR, encoding, cells(frame, attributes, encoding));
    }
    Map<String, float[][]> vectors = new TreeMap<>();
    int width = block.columns().size();
    float[] values = new float[Math.multiplyExact(frame.size(), width)];
    for (int c = 0; c < width; c++) {
      String name = block.columns().get(c);
      Attribute number = frame.attribute(name);
      int component = name.lastIndexOf('_');
      if (number == null && component > 0) {
        Attribute vector = attribute(table, frame, name.substring(0, component));
        float[][] read = vectors.computeIfAbsent(vector.name(), _ -> new float[frame.size()][]);
        int index = Integer.parseInt(name.substring(component + 1));
        for (int e = 0; e < frame.size(); e++) {
          if (read[e] == null) {
            read[e] = frame.vector(e, vector);
          }
          values[e * width + c] = read[e][index];
        }
      } else {
        Attribute found = attribute(table, frame, name);
        for (int e = 0; e < frame.size(); e++) {
          values[e * width + c] = frame.number(e, found);
        }
      }
    }
    return new Block.OfFeatures(
        block.name(), 1, FeatureKernel.LINEAR, DenseFeatures.of(frame.size(), width, values));
  }

  private static Attribute attribute(String table, EntityFrame frame, String name) {
    Attribute found = frame.attribute(name);
    if (found == null) {
      throw new InputException(
          "table '%s' has no column '%s', which the model was trained with; its columns are %s"
              .formatted(
                  table,
                  name,
                  String.join(", ", frame.attributes().stream().map(Attribute::name).toList())),
          Facts.ofTable(table).inColumn(name));
    }
    return found;
  }
}
