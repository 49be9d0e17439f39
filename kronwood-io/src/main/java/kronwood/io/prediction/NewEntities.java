package kronwood.io.prediction;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.entities.ComposedTable;
import kronwood.io.entities.EncodedReader;
import kronwood.io.entities.EntitySource;
import kronwood.io.entities.EntitySource.Kind;
import kronwood.io.entities.FeatureReader;
import kronwood.io.entities.SimilarityReader;
import kronwood.io.table.TableSource;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;

/** Reads entities that a model does not know: all that it compares entities of their table by. */
public final class NewEntities {
  private NewEntities() {}

  /**
   * Reads the new entities of a table.
   *
   * @param given their sources, features first
   * @param columns what their id column may be called
   * @throws InputException if a source is missing, is not of the kind the model takes, or cannot be
   *     read, or two do not describe the same entities
   */
  static EntityTable read(
      ModelTable table, List<EntitySource> given, List<String> columns, Consumer<String> warnings) {
    List<ModelBlock> blocks = table.blocks().stream().filter(b -> b.kind().isGiven()).toList();
    if (blocks.isEmpty()) {
      throw InputException.ofOption(
          given.getFirst().kind().key(),
          "the model tells entities of table '%s' apart by nothing but their ids, so that it has nothing to say of new ones"
              .formatted(table.name()));
    }
    checkKinds(table, blocks, given);
    List<ModelBlock> cells = blocks.stream().filter(NewEntities::isCells).toList();
    List<ComposedTable.Part> parts = new ArrayList<>();
    Iterator<EntitySource> features =
        given.stream().filter(attributes -> attributes.kind() == Kind.FEATURES).iterator();
    Iterator<EntitySource> similarities =
        SimilaritiesByName.inOrder(
                table.name(),
                blocks.stream().filter(block -> kind(block) == Kind.SIMILARITY).toList(),
                given.stream().filter(of -> of.kind() == Kind.SIMILARITY).toList(),
                warnings)
            .iterator();
    if (!cells.isEmpty()) {
      TableSource source = features.next().source();
      add(parts, source, EncodedReader.readNew(source, table.name(), columns, cells, warnings));
    }
    for (ModelBlock block : blocks.stream().filter(b -> !isCells(b)).toList()) {
      boolean similar = kind(block) == Kind.SIMILARITY;
      TableSource source = (similar ? similarities : features).next().source();
      add(
          parts,
          source,
          similar
              ? SimilarityReader.readNew(source, table.name(), columns, block.columns(), warnings)
              : FeatureReader.readNew(source, table.name(), columns, block.columns(), warnings));
    }
    EntityIds ids = parts.getFirst().table().ids();
    return table.newEntities(ids, ComposedTable.blocks(ids, parts));
  }

  private static void add(List<ComposedTable.Part> parts, TableSource source, EntityTable read) {
    parts.add(new ComposedTable.Part(source, read, 1, FeatureKernel.LINEAR));
  }

  private static boolean isCells(ModelBlock block) {
    return block.kind() == ModelBlock.Kind.CELLS;
  }

  private static void checkKinds(
      ModelTable table, List<ModelBlock> blocks, List<EntitySource> given) {
    for (EntitySource source : given) {
      if (source.weight().isPresent()) {
        throw InputException.ofOption(
            source.kind().key(),
            "found a weight for table '%s', but weights are those of the training; leave it out"
                .formatted(table.name()));
      }
    }
    List<Kind> expected = new ArrayList<>();
    for (ModelBlock block : blocks) {
      // All blocks of cells come from one source, before the others.
      if (!isCells(block) || expected.isEmpty()) {
        expected.add(kind(block));
      }
    }
    if (!given.stream().map(EntitySource::kind).toList().equals(expected)) {
      throw new InputException(
          "%s: the model was trained with %s of table '%s', give new entities as %s"
              .formatted(
                  given.getFirst().kind().key(), trainedWith(blocks), table.name(), ways(blocks)),
          Facts.ofTable(table.name())
              .withOption(given.getFirst().kind().key())
              .with(Remedy.NEW_ENTITIES));
    }
  }

  private static Kind kind(ModelBlock block) {
    return block.kind() == ModelBlock.Kind.SIMILARITIES ? Kind.SIMILARITY : Kind.FEATURES;
  }

  /** The kind of source that gives a block of attributes: {@code features}, {@code similarity}. */
  public static String source(ModelBlock block) {
    return kind(block).key();
  }

  private static String trainedWith(List<ModelBlock> blocks) {
    long similarities = blocks.stream().filter(b -> kind(b) == Kind.SIMILARITY).count();
    String matrices =
        similarities == 1 ? "similarities" : similarities + " matrices of similarities";
    if (similarities == 0) {
      return "features";
    }
    return similarities == blocks.size() ? matrices : "features and " + matrices;
  }

  private static String ways(List<ModelBlock> blocks) {
    List<String> ways = new ArrayList<>();
    int references = 0;
    for (ModelBlock block : blocks) {
      if (isCells(block) && !ways.isEmpty()) {
        continue;
      }
      String way = kind(block).key();
      boolean named = blocks.size() > 1 && kind(block) == Kind.SIMILARITY;
      ways.add(way + (named ? " for " + block.name() : ""));
      references = kind(block) == Kind.SIMILARITY ? block.columns().size() : references;
    }
    boolean features = blocks.stream().anyMatch(b -> kind(b) == Kind.FEATURES);
    return String.join(" and ", ways)
        + (features ? " with the same columns" : "")
        + (references > 0
            ? "%s with a column for each of the %d entities it learned from"
                .formatted(features ? ", similarities" : "", references)
            : "");
  }
}
