package kronwood.gram;

import kronwood.data.Attributes;
import kronwood.data.Features;
import kronwood.data.Similarities;

/** What the factor maps check and write alike. */
final class FactorInputs {
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

  private static IllegalArgumentException mismatch(Attributes found, String expected) {
    String kind = found instanceof Features ? " features" : " similarities";
    return new IllegalArgumentException(
        "found " + found.columns() + kind + " per entity, expected " + expected);
  }

  static void writeConstant(double constant, double[] out, int position) {
    if (constant > 0) {
      out[position] = constant;
    }
  }
}
