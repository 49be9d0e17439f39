package kronwood.gram;

import kronwood.data.Attributes;
import kronwood.data.Blocks;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.fault.InputException;

/** What the factor maps check and write alike. */
public final class FactorInputs {
  private FactorInputs() {}

  static Features features(Attributes attributes, int columns) {
    if (attributes instanceof Features features && features.columns() == columns) {
      return features;
    }
    throw mismatch(attributes, columns + " features");
  }

  static Similarities similarities(Attributes attributes, int columns) {
    if (attributes instanceof Similarities similarities && similarities.columns() == columns) {
      return similarities;
    }
    throw mismatch(attributes, "similarities to " + columns + " entities");
  }

  static Blocks blocks(Attributes attributes, int blockCount, int columns) {
    if (attributes instanceof Blocks blocks && blocks.blocks().size() == blockCount) {
      return blocks;
    }
    throw mismatch(attributes, columns + " values in " + blockCount + " blocks");
  }

  private static IllegalArgumentException mismatch(Attributes found, String expected) {
    String kind =
        switch (found) {
          case Features _ -> " features";
          case Similarities _ -> " similarities";
          case Blocks blocks -> " values in " + blocks.blocks().size() + " blocks";
        };
    return new InputException(
        "found " + found.columns() + kind + " per entity, expected " + expected);
  }

  public static void writeConstant(double constant, double[] out, int position) {
    if (constant > 0) {
      out[position] = constant;
    }
  }
}
