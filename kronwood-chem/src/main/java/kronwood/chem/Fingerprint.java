package kronwood.chem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kronwood.data.Encoding;
import kronwood.encode.Encoders;

/**
 * Which fingerprint is made of a molecule. What a kind does not have is 0 or {@code false}.
 *
 * @param kind what is looked for in a molecule
 * @param bits length of the vector; of {@link Kind#COMBINED}, of each of its two parts
 * @param radius bonds from the atom in the middle
 * @param counts whether to count what is found
 * @param functions whether atoms are told apart by what they do, not by their element
 */
record Fingerprint(Kind kind, int bits, int radius, boolean counts, boolean functions) {

  /** What is looked for. */
  enum Kind {
    /** The surroundings of each atom. */
    CIRCULAR,
    /** The 166 MACCS keys. */
    MACCS,
    /** The 881 keys of PubChem. */
    PUBCHEM,
    /** Two atoms and the number of bonds between them. */
    PAIRS,
    /** Four atoms in a row. */
    TORSIONS,
    /** Counts of the surroundings of atoms, and of pairs. */
    COMBINED;

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Set<String> options() {
      return switch (this) {
        case CIRCULAR -> Set.of("bits", "radius", "counts", "atoms");
        case PAIRS, TORSIONS -> Set.of("bits", "counts");
        case COMBINED -> Set.of("bits");
        case MACCS, PUBCHEM -> Set.of();
      };
    }
  }

  static final Set<String> OPTIONS = Set.of("fingerprint", "bits", "radius", "counts", "atoms");

  private static final int MACCS_KEYS = 166;
  private static final int PUBCHEM_KEYS = 881;
  private static final int USUAL_BITS = 2048;
  private static final int USUAL_RADIUS = 2;
  private static final int RADIUS_OF_COMBINED = 3;

  private static final List<String> NO_YES = List.of("no", "yes");
  private static final List<String> YES_NO = List.of("yes", "no");
  private static final List<String> ATOMS = List.of("elements", "functions");

  /**
   * What these options ask for: without any the combined fingerprint, and circular ones where no
   * kind is named.
   *
   * @throws IllegalArgumentException if an option has a value it cannot have, or does not go with
   *     the kind of fingerprint
   */
  static Fingerprint of(Encoding encoding) {
    List<String> keys = Arrays.stream(Kind.values()).map(Kind::key).toList();
    // Options of circular fingerprints are older than the other kinds, and need not name theirs.
    Kind kind =
        encoding.options().isEmpty()
            ? Kind.COMBINED
            : Kind.values()[keys.indexOf(Encoders.oneOf(encoding, "fingerprint", keys))];
    for (String option : encoding.options().keySet()) {
      if (!option.equals("fingerprint") && !kind.options().contains(option)) {
        throw new IllegalArgumentException(
            "encoder 'smiles': fingerprint=%s has no option '%s', leave it out or take fingerprint=circular"
                .formatted(kind.key(), option));
      }
    }
    int bits =
        switch (kind) {
          case MACCS -> MACCS_KEYS;
          case PUBCHEM -> PUBCHEM_KEYS;
          default -> Encoders.whole(encoding, "bits", USUAL_BITS, 16, 1 << 20);
        };
    return switch (kind) {
      case MACCS, PUBCHEM -> new Fingerprint(kind, bits, 0, false, false);
      case CIRCULAR ->
          new Fingerprint(
              kind,
              bits,
              Encoders.whole(encoding, "radius", USUAL_RADIUS, 0, 3),
              isYes(encoding, NO_YES),
              Encoders.oneOf(encoding, "atoms", ATOMS).equals("functions"));
      case PAIRS, TORSIONS -> new Fingerprint(kind, bits, 0, isYes(encoding, YES_NO), false);
      case COMBINED -> new Fingerprint(kind, bits, RADIUS_OF_COMBINED, true, false);
    };
  }

  private static boolean isYes(Encoding encoding, List<String> usualFirst) {
    return Encoders.oneOf(encoding, "counts", usualFirst).equals("yes");
  }

  /** Length of the vector. */
  int columns() {
    return kind == Kind.COMBINED ? 2 * bits : bits;
  }

  /** The options that ask for this one. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(Map.of("fingerprint", kind.key()));
    Set<String> options = kind.options();
    if (options.contains("bits")) {
      settings.put("bits", Integer.toString(bits));
    }
    if (options.contains("radius")) {
      settings.put("radius", Integer.toString(radius));
    }
    if (options.contains("counts")) {
      settings.put("counts", counts ? "yes" : "no");
    }
    // Files written before there was a choice do not have it.
    if (functions) {
      settings.put("atoms", "functions");
    }
    return settings;
  }

  /** For people. */
  String description() {
    String many = String.format(Locale.ROOT, "%,d %s", bits, counts ? "counts" : "bits");
    return switch (kind) {
      case MACCS -> bits + " MACCS keys";
      case PUBCHEM -> bits + " keys of PubChem";
      case CIRCULAR ->
          "circular fingerprints of radius %d%s, %s"
              .formatted(radius, functions ? " by functions of atoms" : "", many);
      case PAIRS -> "atom pairs, " + many;
      case TORSIONS -> "topological torsions, " + many;
      case COMBINED ->
          "circular fingerprints of radius %d and atom pairs, %s each".formatted(radius, many);
    };
  }
}
