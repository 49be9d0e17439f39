package kronwood.chem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.encode.Encoder;
import kronwood.encode.EncoderState;
import kronwood.encode.Encoders;
import org.junit.jupiter.api.Test;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.fingerprint.CircularFingerprinter;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmilesParser;

class SmilesTypeTest {
  private static final String BENZENE = "c1ccccc1";
  private static final String TOLUENE = "Cc1ccccc1";
  private static final String ASPIRIN = "CC(=O)OC1=CC=CC=C1C(=O)O";
  private static final String CAFFEINE = "Cn1cnc2c1c(=O)n(C)c(=O)n2C";

  /** Circular, unless the options name another kind. */
  private static Encoding circular(String... options) {
    Map<String, String> all = new TreeMap<>(Map.of("fingerprint", "circular"));
    for (String option : options) {
      all.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
    }
    return new Encoding("smiles", all);
  }

  private static Encoder fit(Encoding encoding) {
    return Encoders.fit(encoding, Cells.of(1, List.of()), new int[0]);
  }

  /** All values of one molecule. */
  private static double[] values(Encoding encoding, String smiles) {
    Features row = fit(encoding).encode(Cells.of(1, List.of(smiles)));
    double[] values = new double[row.columns()];
    row.addTo(0, 1, values);
    return values;
  }

  private static Set<Integer> bits(Encoding encoding, String smiles) {
    double[] values = values(encoding, smiles);
    return IntStream.range(0, values.length)
        .filter(c -> values[c] != 0)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int shared(Set<Integer> one, Set<Integer> other) {
    Set<Integer> both = new TreeSet<>(one);
    both.retainAll(other);
    return both.size();
  }

  @Test
  void ethanolHasTheMaccsKeysOfAnAlcohol() {
    // 82 two heavy neighbours and an OH, 109 a carbon with two H beside O, 114 CH3-CH2, 139 OH, 153
    // CH2 beside
    // a hetero atom, 155 a CH2 in a chain, 157 C-O, 160 CH3, 164 O: published numbers count from 1.
    Set<Integer> keys = Set.of(82, 109, 114, 139, 153, 155, 157, 160, 164);
    Set<Integer> positions =
        keys.stream().map(key -> key - 1).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(positions, bits(circular("fingerprint=maccs"), "CCO"));
  }

  @Test
  void benzeneHasThreeCircularBitsAndTolueneEightMore() {
    // Benzene: its atoms are alike, so there is one surrounding per radius 0, 1, 2. Toluene: CH3, C
    // and CH at radius
    // 0; CH3, ipso, ortho and (meta = para) at 1; ipso, ortho, meta, para at 2, as CH3 then sees
    // the same atoms as
    // ipso did before. They share CH, CH between CHs, and para with its five atoms.
    Set<Integer> benzene = bits(circular(), BENZENE);
    Set<Integer> toluene = bits(circular(), TOLUENE);
    assertEquals(3, benzene.size());
    assertEquals(11, toluene.size());
    assertEquals(3, shared(benzene, toluene));
  }

  @Test
  void countsTellHowManyAtomsSeeTheSame() {
    double sum = 0;
    for (double value : values(circular("counts=yes", "radius=1"), BENZENE)) {
      assertTrue(value == 0 || value == 6, "found " + value);
      sum += value;
    }
    assertEquals(12, sum);
  }

  @Test
  void oneMoleculeWrittenInSeveralWaysHasOneFingerprint() {
    List<List<String>> same =
        List.of(
            List.of("CCO", "OCC", "C(O)C", " CCO "),
            List.of(BENZENE, "C1=CC=CC=C1", "c1cc(ccc1)"),
            List.of(ASPIRIN, "O=C(C)Oc1ccccc1C(=O)O", "OC(=O)c1ccccc1OC(C)=O"),
            List.of(CAFFEINE, "CN1C=NC2=C1C(=O)N(C)C(=O)N2C"));
    for (Encoding encoding :
        List.of(circular(), circular("fingerprint=maccs"), circular("counts=yes", "radius=3"))) {
      for (List<String> names : same) {
        for (String name : names) {
          assertEquals(bits(encoding, names.getFirst()), bits(encoding, name), name);
        }
      }
      assertNotEquals(bits(encoding, ASPIRIN), bits(encoding, CAFFEINE));
    }
  }

  @Test
  void foldedBitsAreThoseOfTheKit() throws CDKException {
    for (int length : new int[] {64, 1000, 1024, 2048}) {
      for (String smiles : List.of(ASPIRIN, CAFFEINE, TOLUENE, "[Na+].[Cl-]", "C[C@H](N)C(=O)O")) {
        Set<Integer> expected =
            new CircularFingerprinter(CircularFingerprinter.CLASS_ECFP4, length)
                    .getBitFingerprint(
                        new SmilesParser(SilentChemObjectBuilder.getInstance()).parseSmiles(smiles))
                    .asBitSet()
                    .stream()
                    .boxed()
                    .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, bits(circular("bits=" + length), smiles), smiles + " " + length);
      }
    }
  }

  /** Models keep no fingerprints but make them anew: a kit that made others would break them. */
  @Test
  void theBitsOfEthanolStayAsTheyAre() {
    assertEquals(Set.of(325, 947, 1176, 1649, 1764, 2017), bits(circular(), "CCO"));
  }

  @Test
  void tanimotoIsTheUsualWayToCompare() {
    assertEquals(FeatureKernel.TANIMOTO, Encoders.type("smiles").kernel());
    assertTrue(Encoders.keys().contains("smiles"));
  }

  @Test
  void aRestoredEncoderIsTheSame() {
    for (Encoding encoding :
        List.of(
            circular(),
            circular("bits=512", "radius=3", "counts=yes"),
            circular("fingerprint=maccs"))) {
      Encoder encoder = fit(encoding);
      EncoderState state = encoder.state();
      Encoder restored = Encoders.restore(state);
      assertEquals(encoder, restored);
      assertEquals(encoder.description(), restored.description());
    }
    assertEquals(
        "smiles, circular fingerprints of radius 2, 2,048 bits", fit(circular()).description());
    assertEquals(
        "smiles, circular fingerprints of radius 3 and atom pairs, 2,048 counts each",
        fit(new Encoding("smiles", Map.of())).description());
    assertEquals(
        fit(circular("radius=3")),
        fit(new Encoding("smiles", Map.of("radius", "3"))),
        "options without a kind are those of circular fingerprints");
    assertEquals("smiles, 166 MACCS keys", fit(circular("fingerprint=maccs")).description());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Encoders.restore(
                new EncoderState("smiles", Map.of("bits", "x"), List.of(), new double[0])));
  }

  private static void assertProblem(String smiles, String... parts) {
    String problem = Encoders.type("smiles").problem(circular(), smiles);
    for (String part : parts) {
      assertTrue(String.valueOf(problem).contains(part), smiles + ": " + problem);
    }
  }

  @Test
  void whatIsNoMoleculeIsTold() {
    assertNull(Encoders.type("smiles").problem(circular(), "CCO"));
    assertNull(Encoders.type("smiles").problem(circular(), "[Na+].[Cl-]"));
    assertProblem("C1CC", "'C1CC'", "no valid SMILES", "ring");
    assertProblem("CC(C", "'CC(C'", "branch");
    assertProblem("CCX", "'CCX'", "character at position 3");
    assertProblem("c1ccnc1", "'c1ccnc1'", "kekul");
    assertProblem("aspirin", "'aspirin'", "no valid SMILES");
    assertEquals(
        "the cell is empty, expected a molecule as SMILES",
        Encoders.type("smiles").problem(circular(), null));
  }

  @Test
  void aCellThatCannotBeEncodedIsNamed() {
    List<String> cells = List.of("CCO", "CCX");
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> fit(circular()).encode(Cells.of(1, cells)),
                "a fitted encoder")
            .getMessage()
            .startsWith("row 2: found 'CCX'"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Encoders.fit(circular(), Cells.of(1, cells), new int[] {0}));
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    for (String bad :
        List.of(
            "fingerprint=morgan", "bits=0", "bits=many", "radius=4", "radius=-1", "counts=maybe")) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> fit(circular(bad)), bad);
      String value = bad.substring(bad.indexOf('=') + 1);
      assertTrue(refused.getMessage().contains("'" + value + "'"), refused.getMessage());
    }
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> fit(circular("fingerprint=maccs", "bits=1024")));
    assertTrue(refused.getMessage().contains("no option 'bits'"), refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> fit(circular("length=3")));
  }

  @Test
  void theKitWritesNothing() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
    try {
      System.setOut(stream);
      System.setErr(stream);
      for (String smiles : List.of("CCX", "N(C)(C)(C)(C)C", "*CC", "[U]", "[Xx]", "c1ccnc1")) {
        Encoders.type("smiles").problem(circular(), smiles);
      }
      bits(circular(), "N(C)(C)(C)(C)C");
      for (String kind : List.of("maccs", "pubchem", "pairs", "torsions")) {
        bits(circular("fingerprint=" + kind), "*CC(C)[U]");
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertEquals("", written.toString(StandardCharsets.UTF_8));
  }

  @Test
  void textsThatWouldTakeMinutesOrAllOfTheStackAreRefusedBeforeTheyAreParsed() {
    Encoding encoding = circular();
    String nested = "C" + "(C".repeat(20_000) + ")".repeat(20_000);
    assertRefused(encoding, nested, "a text of 60001 characters that begins with 'C(C(C");
    String deep = "C" + "(C".repeat(501) + ")".repeat(501);
    assertRefused(encoding, deep, "more than 500 branches within each other");
    assertRefused(encoding, "(".repeat(20_000), "more than 500 branches");
    String allowed = "C" + "(C".repeat(500) + ")".repeat(500);
    assertNull(Encoders.type("smiles").problem(encoding, allowed));
    assertNull(Encoders.type("smiles").problem(encoding, "C".repeat(2_000)));
  }

  private static void assertRefused(Encoding encoding, String smiles, String expected) {
    String problem = String.valueOf(Encoders.type("smiles").problem(encoding, smiles));
    assertTrue(problem.contains(expected), problem);
    assertTrue(problem.length() < 300, problem);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> values(encoding, smiles));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
