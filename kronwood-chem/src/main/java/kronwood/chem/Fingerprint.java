package kronwood.chem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kronwood.data.Encoding;
import kronwood.encode.Encoders;

/**
 * Which fingerprint is made of a molecule.
 *
 * @param circular whether of the surroundings of atoms, or of MACCS keys
 * @param bits length of the vector
 * @param radius bonds from the atom in the middle; 0 for MACCS keys
 * @param counts whether to count what is found
 */
record Fingerprint(boolean circular, int bits, int radius, boolean counts) {
  static final Set<String> OPTIONS = Set.of("fingerprint", "bits", "radius", "counts");

  /** Length of a vector of MACCS keys. */
  static final int MACCS_KEYS = 166;

  private static final int USUAL_BITS = 2048;
  private static final int USUAL_RADIUS = 2;

  /**
   * What these options ask for.
   *
   * @throws IllegalArgumentException if an option has a value it cannot have, or does not go with
   *     the kind of fingerprint
   */
  static Fingerprint of(Encoding encoding) {
    String kind = Encoders.oneOf(encoding, "fingerprint", List.of("circular", "maccs"));
    if (kind.equals("maccs")) {
      for (String option : List.of("bits", "radius", "counts")) {
        if (encoding.options().containsKey(option)) {
          throw new IllegalArgumentException(
              "encoder 'smiles': fingerprint=maccs has no option '"
                  + option
                  + "', leave it out or take fingerprint=circular");
        }
      }
      return new Fingerprint(false, MACCS_KEYS, 0, false);
    }
    return new Fingerprint(
        true,
        Encoders.whole(encoding, "bits", USUAL_BITS, 16, 1 << 20),
        Encoders.whole(encoding, "radius", USUAL_RADIUS, 0, 3),
        Encoders.oneOf(encoding, "counts", List.of("no", "yes")).equals("yes"));
  }

  /** The options that ask for this one. */
  Map<String, String> settings() {
    return circular
        ? Map.of(
            "fingerprint",
            "circular",
            "bits",
            Integer.toString(bits),
            "radius",
            Integer.toString(radius),
            "counts",
            counts ? "yes" : "no")
        : Map.of("fingerprint", "maccs");
  }

  /** For people. */
  String description() {
    return circular
        ? String.format(
            Locale.ROOT,
            "circular fingerprints of radius %d, %,d %s",
            radius,
            bits,
            counts ? "counts" : "bits")
        : MACCS_KEYS + " MACCS keys";
  }
}
