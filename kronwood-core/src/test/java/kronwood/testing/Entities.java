package kronwood.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;

/**
 * Entities of which everything is known that attributes can be made of: numbers, texts, sequences,
 * lists, and similarities to each other.
 */
public record Entities(List<Entity> all) {
  private static final int NUMBERS = 4;
  private static final int WIDE = 30;
  private static final String[] WORDS = {"red", "rose", "blue", "sky", "grey", "day", "old", "sea"};

  /** One of them; {@code factors} makes its similarities, {@code wide} is ≥ 0 and mostly 0. */
  private record Entity(
      float[] numbers,
      float[] wide,
      float[] factors,
      String number,
      String category,
      String text,
      String sequence,
      String list) {}

  /** Random ones. */
  public static Entities of(Random random, int size) {
    List<Entity> all = new ArrayList<>();
    for (int e = 0; e < size; e++) {
      float[] wide = new float[WIDE];
      for (int c = 0; c < WIDE; c++) {
        wide[c] = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
      }
      StringBuilder text = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
      for (int w = random.nextInt(4); w > 0; w--) {
        text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
      }
      StringBuilder sequence = new StringBuilder();
      for (int i = 0; i < 25; i++) {
        sequence.append("ACDEFGHIKL".charAt(random.nextInt(10)));
      }
      all.add(
          new Entity(
              Problems.gaussianFloats(random, NUMBERS),
              wide,
              Problems.gaussianFloats(random, NUMBERS),
              random.nextInt(5) == 0 ? "" : Double.toString(random.nextGaussian()),
              "kind " + random.nextInt(4),
              text.toString(),
              sequence.toString(),
              "[" + random.nextGaussian() + ", " + random.nextGaussian() + "]"));
    }
    return new Entities(all);
  }

  /** These where {@code kept} says so, others elsewhere. */
  public Entities mixed(boolean[] kept, Entities others) {
    List<Entity> mixed = new ArrayList<>();
    for (int e = 0; e < kept.length; e++) {
      mixed.add(kept[e] ? all.get(e) : others.all.get(e));
    }
    return new Entities(mixed);
  }

  private float[] flat(Function<Entity, float[]> row) {
    int columns = row.apply(all.getFirst()).length;
    float[] values = new float[all.size() * columns];
    for (int e = 0; e < all.size(); e++) {
      System.arraycopy(row.apply(all.get(e)), 0, values, e * columns, columns);
    }
    return values;
  }

  /** Fewer columns than entities, as a rule. */
  public DenseFeatures few() {
    return DenseFeatures.of(all.size(), NUMBERS, flat(Entity::numbers));
  }

  /** More columns than entities, as a rule. */
  public DenseFeatures many() {
    return DenseFeatures.of(all.size(), WIDE, flat(Entity::wide));
  }

  /** Of all to each other. */
  public Similarities similarities() {
    int n = all.size();
    float[] values = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double product = i == j ? 1 : 0;
        for (int c = 0; c < NUMBERS; c++) {
          product += (double) all.get(i).factors[c] * all.get(j).factors[c];
        }
        values[i * n + j] = (float) product;
        values[j * n + i] = (float) product;
      }
    }
    return Similarities.square(n, values);
  }

  private Block cells(String type, FeatureKernel kernel, Function<Entity, String> cell) {
    Cells cells = Cells.of(1, all.stream().map(cell).toList());
    return new Block.OfCells(type, 1, kernel, new Encoding(type, Map.of()), cells);
  }

  /** A kernel of each kind. */
  public static List<FeatureKernel> kernels() {
    return List.of(
        FeatureKernel.LINEAR,
        FeatureKernel.COSINE,
        FeatureKernel.TANIMOTO,
        FeatureKernel.gaussian(0.5));
  }

  /** Every block there is but the identity, by what it is. */
  public Map<String, Block> blocks() {
    Map<String, Block> blocks = new LinkedHashMap<>();
    for (FeatureKernel kernel : kernels()) {
      String key = kernel.key();
      if (!kernel.equals(FeatureKernel.TANIMOTO)) {
        blocks.put("few " + key, new Block.OfFeatures("few", 0.5, kernel, few()));
        blocks.put("list " + key, cells("vector", kernel, Entity::list));
        blocks.put("number " + key, cells("numeric", kernel, Entity::number));
      }
      blocks.put("many " + key, new Block.OfFeatures("many", 2, kernel, many()));
      blocks.put(
          "sparse " + key,
          new Block.OfFeatures(
              "sparse", 1, kernel, Problems.sparse(all.size(), WIDE, flat(Entity::wide))));
      blocks.put("category " + key, cells("categorical", kernel, Entity::category));
      blocks.put("text " + key, cells("text", kernel, Entity::text));
      blocks.put("sequence " + key, cells("sequence", kernel, Entity::sequence));
    }
    blocks.put("similarity", new Block.OfSimilarities("similarity", 1, similarities()));
    return blocks;
  }

  /** All blocks at once, the identity too. */
  public Attributes everything() {
    List<Block> blocks = new ArrayList<>(blocks().values());
    blocks.add(Block.OfIdentity.among(all.size(), 0.25));
    return new Blocks(blocks);
  }
}
