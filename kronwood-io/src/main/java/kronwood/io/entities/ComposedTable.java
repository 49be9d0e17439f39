package kronwood.io.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.fault.InputException;
import kronwood.io.table.Listing;
import kronwood.io.table.TableSource;

/** One entity table from several sources, each of which describes all its entities. */
public final class ComposedTable {
  private ComposedTable() {}

  /**
   * What one source tells of the entities.
   *
   * @param source where it comes from
   * @param table as it was read, of any attributes
   * @param weight factor in the table's Gram matrix
   * @param kernel how features are compared
   */
  public record Part(TableSource source, EntityTable table, double weight, FeatureKernel kernel) {}

  /**
   * The entities of the first source with what all sources tell of them. One source alone, compared
   * linearly and without other blocks, is that source's table.
   *
   * @param name name of the table
   * @param parts the sources, at least one
   * @param own blocks that no source tells of: identities and profiles
   * @throws InputException if the sources do not describe the same entities, naming those that only
   *     one of them has
   */
  public static EntityTable of(String name, List<Part> parts, List<Block> own) {
    Part first = parts.getFirst();
    if (parts.size() == 1 && own.isEmpty() && first.kernel.equals(FeatureKernel.LINEAR)) {
      return first.table;
    }
    EntityIds ids = first.table.ids();
    List<String> columns = new ArrayList<>();
    List<Block> blocks = blocks(ids, parts, true);
    for (Part part : parts) {
      boolean similarities = part.table.attributes() instanceof Similarities;
      columns.addAll(similarities ? ids.asList() : part.table.columns());
    }
    for (Block block : own) {
      columns.addAll(block instanceof Block.OfIdentity ? ids.asList() : List.of());
      blocks.add(block);
    }
    return new EntityTable(name, ids, columns, new Blocks(blocks));
  }

  /**
   * The blocks of new entities from several sources, for entities in the given order.
   *
   * @throws InputException as {@link #of}
   */
  public static List<Block> blocks(EntityIds ids, List<Part> parts) {
    return blocks(ids, parts, false);
  }

  /** Where similarities are among the entities themselves, their columns are ordered too. */
  private static List<Block> blocks(EntityIds ids, List<Part> parts, boolean among) {
    List<Block> blocks = new ArrayList<>();
    int similarities = 0;
    for (Part part : parts) {
      int[] order = order(ids, parts.getFirst(), part);
      switch (part.table.attributes()) {
        case Features features ->
            blocks.add(
                new Block.OfFeatures("features", part.weight, part.kernel, features.select(order)));
        case Similarities given -> {
          similarities++;
          Similarities rows = given.select(order);
          blocks.add(
              new Block.OfSimilarities(
                  similarityName(similarities, part.source),
                  part.weight,
                  among ? rows.selectColumns(order) : rows));
        }
        case Blocks several -> blocks.addAll(several.select(order).blocks());
      }
    }
    return blocks;
  }

  /** {@code similarity 1 (left.csv)}; without the file where there is none. */
  private static String similarityName(int number, TableSource source) {
    if (!source.isFile()) {
      return "similarity " + number;
    }
    return "similarity " + number + " (" + source.fileName() + ")";
  }

  private static int[] order(EntityIds ids, Part first, Part part) {
    EntityIds found = part.table.ids();
    List<String> missing = ids.asList().stream().filter(id -> found.indexOf(id) < 0).toList();
    List<String> more = found.asList().stream().filter(id -> ids.indexOf(id) < 0).toList();
    if (missing.isEmpty() && more.isEmpty()) {
      return IntStream.range(0, ids.size()).map(e -> found.indexOf(ids.id(e))).toArray();
    }
    StringBuilder message =
        new StringBuilder(
            "%s and %s do not describe the same entities of table '%s'"
                .formatted(first.source, part.source, part.table.name()));
    if (!missing.isEmpty()) {
      message.append("; only the first has ").append(Listing.count(missing.size(), "id"));
      message.append(": ").append(Listing.of(missing));
    }
    if (!more.isEmpty()) {
      message.append("; only the second has ").append(Listing.count(more.size(), "id"));
      message.append(": ").append(Listing.of(more));
    }
    throw new InputException(message.toString());
  }
}
