package kronwood.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import kronwood.cli.AttributeOptions.Attributes;
import kronwood.cli.AttributeOptions.Kind;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.io.entities.ComposedTable;
import kronwood.io.entities.EncodedReader;
import kronwood.io.entities.FeatureReader;
import kronwood.io.entities.SimilarityReader;
import kronwood.io.table.InputException;
import kronwood.io.table.TableSource;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;

/** Reads entities that a model does not know: all that it compares entities of their table by. */
final class NewEntities {
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
      ModelTable table, List<Attributes> given, List<String> columns, Warnings warnings) {
    List<ModelBlock> blocks =
        table.blocks().stream().filter(b -> b.kind() != ModelBlock.Kind.IDENTITY).toList();
    if (blocks.isEmpty()) {
      throw new InputException(
          "%s: the model tells entities of table '%s' apart by nothing but their ids, so that it has nothing to say of new ones"
              .formatted(given.getFirst().kind().option(), table.name()));
    }
    checkKinds(table, blocks, given);
    List<ModelBlock> cells = blocks.stream().filter(NewEntities::isCells).toList();
    List<ComposedTable.Part> parts = new ArrayList<>();
    Iterator<Attributes> features =
        given.stream().filter(attributes -> attributes.kind() == Kind.FEATURES).iterator();
    Iterator<Attributes> similarities =
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
      ModelTable table, List<ModelBlock> blocks, List<Attributes> given) {
    for (Attributes source : given) {
      if (source.weight().isPresent()) {
        throw new InputException(
            "%s: found a weight for table '%s', but weights are those of the training; leave it out"
                .formatted(source.kind().option(), table.name()));
      }
    }
    List<Kind> expected = new ArrayList<>();
    for (ModelBlock block : blocks) {
      // All blocks of cells come from one source, before the others.
      if (!isCells(block) || expected.isEmpty()) {
        expected.add(kind(block));
      }
    }
    if (!given.stream().map(Attributes::kind).toList().equals(expected)) {
      throw new InputException(
          "%s: the model was trained with %s of table '%s', give new entities as %s"
              .formatted(
                  given.getFirst().kind().option(),
                  trainedWith(blocks),
                  table.name(),
                  ways(table, blocks)));
    }
  }

  private static Kind kind(ModelBlock block) {
    return block.kind() == ModelBlock.Kind.SIMILARITIES ? Kind.SIMILARITY : Kind.FEATURES;
  }

  /** The option that gives a block. */
  static String option(ModelBlock block) {
    return kind(block).option();
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

  private static String ways(ModelTable table, List<ModelBlock> blocks) {
    List<String> ways = new ArrayList<>();
    int references = 0;
    for (ModelBlock block : blocks) {
      if (isCells(block) && !ways.isEmpty()) {
        continue;
      }
      String way = kind(block).option() + " " + table.name() + "=TABLE";
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
