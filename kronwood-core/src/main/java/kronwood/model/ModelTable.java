package kronwood.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.data.SparseFeatures;
import kronwood.encode.EncoderState;
import kronwood.fault.InputException;
import kronwood.gram.BlockMap;
import kronwood.gram.BlocksMap;
import kronwood.gram.ComponentMap;
import kronwood.gram.DirectFeatureMap;
import kronwood.gram.EncodedBlockMap;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorMap;
import kronwood.gram.FactorTable;
import kronwood.gram.FeatureBlockMap;
import kronwood.gram.IdentityBlockMap;
import kronwood.gram.IdentityMap;
import kronwood.gram.PivotFeatureMap;
import kronwood.gram.ProfileBlockMap;
import kronwood.gram.SimilarityBlockMap;
import kronwood.gram.SimilarityMap;
import kronwood.model.ModelBlock.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one table as a model knows them.
 *
 * @param name name of the table
 * @param ids the known entities
 * @param columns names of the attribute columns that a new entity must bring, in the order of
 *     {@code map}: feature names, or the ids of the entities that similarities are given to
 * @param map takes a new entity's attributes to coordinates
 * @param coordinates known entities × rank, row-major, none if the map is an {@link IdentityMap};
 *     not copied
 * @param training the entities that occur in training samples, increasing; null if that is not
 *     known, as of models of older files; those that an {@link IdentityMap} was fitted on; not
 *     copied
 */
public record ModelTable(
    String name,
    EntityIds ids,
    List<String> columns,
    FactorMap map,
    float[] coordinates,
    int @Nullable [] training) {

  /**
   * Checks that the parts fit together.
   *
   * @throws InputException if not; the message names the table and both sizes
   */
  public ModelTable {
    columns = List.copyOf(columns);
    if (columns.size() != map.columns()) {
      throw new InputException(
          "table '"
              + name
              + "' has "
              + columns.size()
              + " column names, its map "
              + map.columns()
              + " columns");
    }
    if (map instanceof IdentityMap identities) {
      checkIdentities(name, identities, coordinates, training);
    } else if (coordinates.length != (long) ids.size() * map.rank()) {
      throw new InputException(
          "table '"
              + name
              + "' has coordinates of length "
              + coordinates.length
              + ", expected "
              + ids.size()
              + " × "
              + map.rank());
    }
    if (training != null) {
      checkTraining(name, training, ids.size());
    }
  }

  /** Of which it is not known what entities occur in training samples. */
  public ModelTable(
      String name, EntityIds ids, List<String> columns, FactorMap map, float[] coordinates) {
    this(name, ids, columns, map, coordinates, null);
  }

  private static void checkIdentities(
      String name, IdentityMap map, float[] coordinates, int @Nullable [] training) {
    if (coordinates.length > 0 || training == null || training.length != map.columns()) {
      throw new InputException(
          "table '%s' has identities of %d entities, but %d training entities, and %d coordinates"
              .formatted(
                  name, map.columns(), training == null ? 0 : training.length, coordinates.length));
    }
  }

  /** Whether entities are identities with sparse coordinates, which are not stored. */
  public boolean isSparse() {
    return map instanceof IdentityMap;
  }

  /** Checks that training entities of a table are as they should be. */
  static void checkTraining(String name, int[] training, int entities) {
    for (int i = 0; i < training.length; i++) {
      if (training[i] < 0 || training[i] >= entities || (i > 0 && training[i] <= training[i - 1])) {
        throw new InputException(
            "training entities of table '"
                + name
                + "' are not increasing numbers below "
                + entities);
      }
    }
  }

  /** The map to all coordinates, of which components may be taken. */
  private FactorMap base() {
    return map instanceof ComponentMap components ? components.base() : map;
  }

  /** Whether new entities are given by similarities only, rather than by features or both. */
  public boolean takesSimilarities() {
    return base() instanceof SimilarityMap;
  }

  /** Whether entities are compared by their interactions too. */
  public boolean hasProfile() {
    return base() instanceof BlocksMap several
        && several.blocks().stream().anyMatch(ProfileBlockMap.class::isInstance);
  }

  /** What a new entity must bring, in the order of {@link #columns}. */
  public List<ModelBlock> blocks() {
    return switch (base()) {
      case DirectFeatureMap _, PivotFeatureMap _ ->
          List.of(new ModelBlock("features", Kind.FEATURES, 1, "linear", columns, null));
      case SimilarityMap _ ->
          List.of(new ModelBlock("similarity", Kind.SIMILARITIES, 1, "as given", columns, null));
      case BlocksMap several -> {
        List<ModelBlock> blocks = new ArrayList<>();
        int from = 0;
        for (BlockMap block : several.blocks()) {
          blocks.add(block(block, columns.subList(from, from + block.columns())));
          from += block.columns();
        }
        yield List.copyOf(blocks);
      }
      case IdentityMap identities ->
          List.of(
              block(new IdentityBlockMap(identities.weight(), 1, identities.columns()), columns));
      case ComponentMap _ -> throw new IllegalStateException("components of components");
    };
  }

  private static ModelBlock block(BlockMap map, List<String> columns) {
    Kind kind =
        switch (map) {
          case FeatureBlockMap _ -> Kind.FEATURES;
          case EncodedBlockMap _ -> Kind.CELLS;
          case SimilarityBlockMap _ -> Kind.SIMILARITIES;
          case IdentityBlockMap _ -> Kind.IDENTITY;
          case ProfileBlockMap _ -> Kind.PROFILE;
        };
    String description =
        switch (map) {
          case FeatureBlockMap features -> features.kernel().key();
          case EncodedBlockMap encoded -> {
            FeatureKernel kernel = encoded.features().kernel();
            yield encoded.encoder().description()
                + (kernel.equals(FeatureKernel.LINEAR) ? "" : ", " + kernel.key());
          }
          case SimilarityBlockMap _ -> "as given";
          case IdentityBlockMap _ -> "the same entity or not";
          case ProfileBlockMap profiles ->
              "interactions in training, " + profiles.features().kernel().key();
        };
    Encoding encoding = null;
    if (map instanceof EncodedBlockMap encoded) {
      EncoderState state = encoded.encoder().state();
      encoding = new Encoding(state.type(), state.settings());
    }
    return new ModelBlock(map.name(), kind, map.weight(), description, columns, encoding);
  }

  /**
   * New entities for {@link Model#predictor(List, int)}. What nobody brings is added here, an
   * identity block, which says nothing but who an entity is, and an interaction profile: an id that
   * the model was trained with is that entity and has its profile; any other has none.
   *
   * @param newIds ids of the entities
   * @param given what is known of them, a block for each of {@link #blocks()} but identity and
   *     profile, in that order
   * @throws InputException if blocks are missing or too many, naming those the model takes; or they
   *     describe another number of entities than there are ids
   */
  public EntityTable newEntities(EntityIds newIds, List<Block> given) {
    List<ModelBlock> expected = blocks();
    List<String> names =
        expected.stream()
            .filter(block -> block.kind().isGiven())
            .map(block -> "'" + block.name() + "'")
            .toList();
    if (given.size() != names.size()) {
      throw new InputException(
          "new entities of table '"
              + name
              + "' need "
              + String.join(", ", names)
              + "; found "
              + given.stream().map(block -> "'" + block.name() + "'").toList());
    }
    if (!(base() instanceof BlocksMap) && !isSparse()) {
      return new EntityTable(name, newIds, columns, plain(given.getFirst()));
    }
    List<Block> all = new ArrayList<>();
    Iterator<Block> next = given.iterator();
    for (ModelBlock block : expected) {
      all.add(
          switch (block.kind()) {
            case IDENTITY -> identity(block, newIds);
            case PROFILE -> profile(newIds);
            case FEATURES, CELLS, SIMILARITIES -> next.next();
          });
    }
    return new EntityTable(name, newIds, columns, new Blocks(all));
  }

  private static Attributes plain(Block block) {
    return switch (block) {
      case Block.OfFeatures features -> features.features();
      case Block.OfSimilarities similarities -> similarities.similarities();
      case Block.OfCells _, Block.OfIdentity _, Block.OfProfile _ -> new Blocks(List.of(block));
    };
  }

  private static Block identity(ModelBlock block, EntityIds newIds) {
    EntityIds references = EntityIds.of(block.columns());
    int[] reference = new int[newIds.size()];
    for (int e = 0; e < reference.length; e++) {
      reference[e] = references.indexOf(newIds.id(e));
    }
    return new Block.OfIdentity(block.weight(), references.size(), reference);
  }

  private Block profile(EntityIds newIds) {
    for (BlockMap map : ((BlocksMap) base()).blocks()) {
      if (map instanceof ProfileBlockMap profiles) {
        Features known = profiles.features().references();
        int[] row = new int[newIds.size()];
        for (int e = 0; e < row.length; e++) {
          row[e] = training == null ? -1 : Arrays.binarySearch(training, ids.indexOf(newIds.id(e)));
        }
        return new Block.OfProfile(
            map.weight(), profiles.features().kernel(), row.length, selected(known, row));
      }
    }
    throw new IllegalStateException("no profile");
  }

  /** The listed vectors, of −1 one of zeros. */
  private static Features selected(Features features, int[] rows) {
    int columns = features.columns();
    int[] starts = new int[rows.length + 1];
    List<Integer> column = new ArrayList<>();
    List<Float> value = new ArrayList<>();
    double[] row = new double[columns];
    for (int e = 0; e < rows.length; e++) {
      Arrays.fill(row, 0);
      if (rows[e] >= 0) {
        features.addTo(rows[e], 1, row);
      }
      for (int c = 0; c < columns; c++) {
        if (row[c] != 0) {
          column.add(c);
          value.add((float) row[c]);
        }
      }
      starts[e + 1] = column.size();
    }
    float[] values = new float[value.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.get(i);
    }
    int[] stored = column.stream().mapToInt(Integer::intValue).toArray();
    return SparseFeatures.of(columns, starts, stored, values);
  }

  public static ModelTable of(EntityTable table, FactorFit fit) {
    List<String> training = new ArrayList<>();
    for (int entity : fit.trainingEntities()) {
      training.add(table.ids().id(entity));
    }
    List<String> columns =
        switch (table.attributes()) {
          case Features _ -> table.columns();
          case Similarities _ -> training;
          case Blocks blocks -> {
            List<String> all = new ArrayList<>();
            int from = 0;
            for (Block block : blocks.blocks()) {
              all.addAll(
                  switch (block) {
                    case Block.OfFeatures _, Block.OfCells _ ->
                        table.columns().subList(from, from + block.columns());
                    case Block.OfSimilarities _, Block.OfIdentity _ -> training;
                    case Block.OfProfile _ -> List.of();
                  });
              from += block.columns();
            }
            yield all;
          }
        };
    FactorTable factors = fit.table();
    if (fit.map() instanceof IdentityMap) {
      return new ModelTable(
          table.name(), table.ids(), columns, fit.map(), new float[0], fit.trainingEntities());
    }
    float[] coordinates = new float[Math.multiplyExact(factors.entities(), factors.rank())];
    for (int e = 0; e < factors.entities(); e++) {
      for (int c = 0; c < factors.rank(); c++) {
        coordinates[e * factors.rank() + c] = (float) factors.coordinate(e, c);
      }
    }
    return new ModelTable(
        table.name(), table.ids(), columns, fit.map(), coordinates, fit.trainingEntities());
  }

  FactorTable factors() {
    if (map instanceof IdentityMap identities && training != null) {
      int[] reference = new int[ids.size()];
      Arrays.fill(reference, -1);
      for (int i = 0; i < training.length; i++) {
        reference[training[i]] = i;
      }
      return identities.table(reference);
    }
    double[] values = new double[coordinates.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = coordinates[i];
    }
    return FactorTable.of(ids.size(), map.rank(), values);
  }
}
