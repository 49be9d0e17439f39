package kronwood.chem;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.exception.InvalidSmilesException;
import org.openscience.cdk.fingerprint.CircularFingerprinter;
import org.openscience.cdk.fingerprint.IFingerprinter;
import org.openscience.cdk.fingerprint.MACCSFingerprinter;
import org.openscience.cdk.fingerprint.PubchemFingerprinter;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IChemObjectBuilder;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmilesParser;
import org.openscience.cdk.tools.LoggingToolFactory;

/** Asks the Chemistry Development Kit for molecules and their fingerprints. */
final class Molecules {
  private static final IChemObjectBuilder BUILDER = builder();

  /** Characters of the longest SMILES; those of the largest drugs have some thousand. */
  private static final int LONGEST = 20_000;

  /** Branches within branches. */
  private static final int DEEPEST = 500;

  /** Characters of a text that is refused, in a message. */
  private static final int SHOWN = 40;

  /** A molecule has some four to five times as many pairs as surroundings up to radius 3. */
  private static final double WEIGHT_OF_PAIRS = 1.0 / 6;

  private Molecules() {}

  private static IChemObjectBuilder builder() {
    // An application that has chosen where the kit's messages go keeps them.
    if (LoggingToolFactory.getLoggingToolClass() == null) {
      LoggingToolFactory.setLoggingToolClass(NoLog.class);
    }
    return SilentChemObjectBuilder.getInstance();
  }

  /** What is wrong with a text that should be SMILES, null if nothing is. */
  static @Nullable String problem(String smiles) {
    try {
      parse(smiles);
      return null;
    } catch (IllegalArgumentException notSmiles) {
      return notSmiles.getMessage();
    }
  }

  /**
   * Refuses what takes the kit minutes, or more stack than a thread has.
   *
   * @throws IllegalArgumentException if the text is longer, or branches are nested deeper, than of
   *     any molecule
   */
  private static void checkSize(String smiles) {
    if (smiles.length() > LONGEST) {
      throw new IllegalArgumentException(
          "found a text of %d characters that begins with '%s', expected SMILES of at most %d"
              .formatted(smiles.length(), smiles.substring(0, SHOWN), LONGEST));
    }
    int depth = 0;
    for (int i = 0; i < smiles.length(); i++) {
      char c = smiles.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth > DEEPEST) {
        throw new IllegalArgumentException(
            ("found a text that begins with '%s' and has more than %d branches within each other,"
                    + " expected SMILES with fewer")
                .formatted(smiles.substring(0, SHOWN), DEEPEST));
      }
    }
  }

  private static IAtomContainer parse(String smiles) {
    checkSize(smiles);
    try {
      IAtomContainer molecule = new SmilesParser(BUILDER).parseSmiles(smiles);
      if (molecule.getAtomCount() == 0) {
        throw new IllegalArgumentException(
            "found '" + smiles + "', which has no atoms, expected a molecule as SMILES");
      }
      return molecule;
    } catch (InvalidSmilesException e) {
      throw new IllegalArgumentException(
          "found '" + smiles + "', which is no valid SMILES (" + reason(e) + ")", e);
    }
  }

  /** The kit's message without the SMILES, which it repeats, and the drawing of the place. */
  private static String reason(InvalidSmilesException e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    String said = first.replaceFirst("^could not parse '.*', ", "").replaceFirst(":$", "").strip();
    int place = lines.size() < 3 ? -1 : lines.get(2).indexOf('^');
    return place < 0 ? said : said + " at position " + (place + 1);
  }

  /**
   * The values of a molecule's fingerprint that are not zero, by position.
   *
   * @throws IllegalArgumentException if the text is no SMILES
   */
  static SortedMap<Integer, Double> fingerprint(Fingerprint wanted, String smiles) {
    IAtomContainer molecule = parse(smiles);
    try {
      return switch (wanted.kind()) {
        case CIRCULAR -> circular(wanted, molecule);
        case MACCS -> keys(new MACCSFingerprinter(BUILDER), molecule);
        case PUBCHEM -> keys(new PubchemFingerprinter(BUILDER), molecule);
        case PAIRS -> counted(wanted, AtomPairs.of(molecule).pairs(wanted.bits()));
        case TORSIONS -> counted(wanted, AtomPairs.of(molecule).torsions(wanted.bits()));
        case COMBINED -> combined(wanted, molecule);
      };
    } catch (CDKException e) {
      throw new IllegalArgumentException(
          "found '" + smiles + "', of which no fingerprint can be made (" + e.getMessage() + ")",
          e);
    }
  }

  private static SortedMap<Integer, Double> counted(
      Fingerprint wanted, SortedMap<Integer, Double> counts) {
    if (!wanted.counts()) {
      counts.replaceAll((_, _) -> 1.0);
    }
    return counts;
  }

  /** Surroundings of atoms first, pairs of atoms after them. */
  private static SortedMap<Integer, Double> combined(Fingerprint wanted, IAtomContainer molecule)
      throws CDKException {
    SortedMap<Integer, Double> values = circular(wanted, molecule);
    AtomPairs.of(molecule)
        .pairs(wanted.bits())
        .forEach(
            (position, count) -> values.put(wanted.bits() + position, WEIGHT_OF_PAIRS * count));
    return values;
  }

  private static SortedMap<Integer, Double> circular(Fingerprint wanted, IAtomContainer molecule)
      throws CDKException {
    boolean functions = wanted.functions();
    int kind =
        switch (wanted.radius()) {
          case 0 ->
              functions ? CircularFingerprinter.CLASS_FCFP0 : CircularFingerprinter.CLASS_ECFP0;
          case 1 ->
              functions ? CircularFingerprinter.CLASS_FCFP2 : CircularFingerprinter.CLASS_ECFP2;
          case 2 ->
              functions ? CircularFingerprinter.CLASS_FCFP4 : CircularFingerprinter.CLASS_ECFP4;
          default ->
              functions ? CircularFingerprinter.CLASS_FCFP6 : CircularFingerprinter.CLASS_ECFP6;
        };
    CircularFingerprinter fingerprinter = new CircularFingerprinter(kind, wanted.bits());
    fingerprinter.calculate(molecule);
    TreeMap<Integer, Double> values = new TreeMap<>();
    for (int i = 0; i < fingerprinter.getFPCount(); i++) {
      int hash = fingerprinter.getFP(i).hashCode;
      int position = Integer.remainderUnsigned(hash, wanted.bits());
      if (wanted.counts()) {
        values.merge(position, 1.0, Double::sum);
      } else {
        values.put(position, 1.0);
      }
    }
    return values;
  }

  private static SortedMap<Integer, Double> keys(IFingerprinter kit, IAtomContainer molecule)
      throws CDKException {
    BitSet keys = kit.getBitFingerprint(molecule).asBitSet();
    TreeMap<Integer, Double> values = new TreeMap<>();
    for (int key = keys.nextSetBit(0); key >= 0; key = keys.nextSetBit(key + 1)) {
      values.put(key, 1.0);
    }
    return values;
  }
}
