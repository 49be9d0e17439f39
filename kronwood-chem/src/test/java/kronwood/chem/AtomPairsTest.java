package kronwood.chem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.Features;
import kronwood.encode.Encoder;
import kronwood.encode.Encoders;
import org.junit.jupiter.api.Test;

/** Pairs and chains of atoms, keys of PubChem, and fingerprints made of several kinds. */
class AtomPairsTest {
  private static final String BENZENE = "c1ccccc1";
  private static final String ASPIRIN = "CC(=O)OC1=CC=CC=C1C(=O)O";

  private static Encoding of(String kind, String... options) {
    Map<String, String> all = new TreeMap<>(Map.of("fingerprint", kind));
    for (String option : options) {
      all.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
    }
    return new Encoding("smiles", all);
  }

  private static double[] values(Encoding encoding, String smiles) {
    Encoder encoder = Encoders.fit(encoding, Cells.of(1, List.of()), new int[0]);
    Features row = encoder.encode(Cells.of(1, List.of(smiles)));
    double[] values = new double[row.columns()];
    row.addTo(0, 1, values);
    return values;
  }

  /** What is counted, largest first. */
  private static List<Integer> counts(String kind, String smiles) {
    return Arrays.stream(values(of(kind, "bits=65536"), smiles))
        .filter(value -> value > 0)
        .mapToObj(value -> (int) value)
        .sorted((one, other) -> other - one)
        .toList();
  }

  @Test
  void pairsOfSmallMoleculesAreCountedAsByHand() {
    assertEquals(List.of(), counts("pairs", "C"));
    // CH3-CH2 twice, CH3-CH3 two bonds apart.
    assertEquals(List.of(2, 1), counts("pairs", "CCC"));
    // Six atoms that are alike: six neighbours, six that are two bonds apart, three opposite.
    assertEquals(List.of(6, 6, 3), counts("pairs", BENZENE));
    // Three different pairs: C-C, C-O, and CH3 with O two bonds apart.
    assertEquals(List.of(1, 1, 1), counts("pairs", "CCO"));
    // No bonds between the ions.
    assertEquals(List.of(), counts("pairs", "[Na+].[Cl-]"));
  }

  @Test
  void torsionsOfSmallMoleculesAreCountedAsByHand() {
    assertEquals(List.of(), counts("torsions", "CCC"));
    assertEquals(List.of(1), counts("torsions", "CCCC"));
    assertEquals(List.of(6), counts("torsions", BENZENE));
    // Three atoms of a ring of three are no chain of four.
    assertEquals(List.of(), counts("torsions", "C1CC1"));
    // From each CH3 of isobutane to the end of the chain.
    assertEquals(List.of(2), counts("torsions", "CC(C)CC").stream().limit(1).toList());
  }

  @Test
  void atomsFarApartMakeNoPair() {
    double pairs = Arrays.stream(values(of("pairs"), "C".repeat(100))).sum();
    // 99 with one bond between them, 98 with two, … 70 with 30.
    assertEquals(IntStream.rangeClosed(70, 99).sum(), pairs);
  }

  @Test
  void oneMoleculeWrittenInSeveralWaysHasOneFingerprint() {
    for (String kind : List.of("pairs", "torsions", "pubchem", "combined")) {
      for (List<String> same :
          List.of(
              List.of("CCO", "OCC", "[H]OCC", "C(O)C"),
              List.of(BENZENE, "C1=CC=CC=C1"),
              List.of(ASPIRIN, "O=C(C)Oc1ccccc1C(=O)O", "OC(=O)c1ccccc1OC(C)=O"))) {
        for (String smiles : same) {
          if (!smiles.contains("[H]") || kind.equals("pairs") || kind.equals("torsions")) {
            assertArrayEquals(
                values(of(kind), same.getFirst()), values(of(kind), smiles), kind + " " + smiles);
          }
        }
      }
      assertFalse(Arrays.equals(values(of(kind), ASPIRIN), values(of(kind), "CCCCO")), kind);
    }
  }

  @Test
  void bondsAndElementsTellAtomsApart() {
    for (String other : List.of("CC=CC", "CCCN", "CC#CC")) {
      assertFalse(Arrays.equals(values(of("pairs"), "CCCC"), values(of("pairs"), other)), other);
      assertFalse(
          Arrays.equals(values(of("torsions"), "CCCC"), values(of("torsions"), other)), other);
    }
  }

  @Test
  void withoutCountsThereAreOnesInTheSamePlaces() {
    for (String kind : List.of("pairs", "torsions")) {
      double[] counted = values(of(kind), ASPIRIN);
      double[] bits = values(of(kind, "counts=no"), ASPIRIN);
      assertTrue(Arrays.stream(counted).max().orElse(0) > 1, kind);
      assertArrayEquals(Arrays.stream(counted).map(Math::signum).toArray(), bits, kind);
    }
  }

  @Test
  void combinedAreCircularCountsAndASixthOfThePairs() {
    double[] combined = values(of("combined", "bits=512"), ASPIRIN);
    double[] circular = values(of("circular", "bits=512", "radius=3", "counts=yes"), ASPIRIN);
    double[] pairs = values(of("pairs", "bits=512"), ASPIRIN);
    assertEquals(1024, combined.length);
    assertArrayEquals(circular, Arrays.copyOf(combined, 512));
    assertArrayEquals(
        Arrays.stream(pairs).map(value -> value / 6).toArray(),
        Arrays.copyOfRange(combined, 512, 1024),
        1e-6);
  }

  @Test
  void functionsOfAtomsTellBromineAndChlorineNotApart() {
    for (String atoms : List.of("elements", "functions")) {
      Encoding encoding = of("circular", "atoms=" + atoms);
      boolean same = Arrays.equals(values(encoding, "Clc1ccccc1"), values(encoding, "Brc1ccccc1"));
      assertEquals(atoms.equals("functions"), same, atoms);
    }
    assertNotEquals(
        Encoders.fit(of("circular"), Cells.of(1, List.of()), new int[0]).description(),
        Encoders.fit(of("circular", "atoms=functions"), Cells.of(1, List.of()), new int[0])
            .description());
  }

  @Test
  void keysOfPubChemCountTheAtomsOfEthanol() {
    // C2H6O: bit 0 is 4 H or more, 1 is 8 H; 9 is 2 C, 10 is 4 C; 18 is 1 O, 19 is 2 O; 14 is 1 N.
    double[] keys = values(of("pubchem"), "CCO");
    assertEquals(881, keys.length);
    assertArrayEquals(
        new double[] {1, 0, 1, 0, 1, 0, 0},
        IntStream.of(0, 1, 9, 10, 18, 19, 14).mapToDouble(key -> keys[key]).toArray());
  }

  /** Models keep no fingerprints but make them anew. */
  @Test
  void thePositionsOfThePairsOfEthanolStayAsTheyAre() {
    double[] pairs = values(of("pairs"), "CCO");
    assertEquals(
        List.of(772, 1011, 1012),
        IntStream.range(0, pairs.length).filter(c -> pairs[c] > 0).boxed().toList());
  }

  @Test
  void optionsOfAnotherKindAreRefused() {
    for (Encoding bad :
        List.of(of("pairs", "radius=2"), of("combined", "counts=no"), of("pubchem", "bits=64"))) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> values(bad, "C"), bad.toString());
      assertTrue(refused.getMessage().contains("has no option"), refused.getMessage());
    }
  }

  @Test
  void restoredEncodersAreTheSame() {
    for (Encoding encoding :
        List.of(
            of("pairs", "bits=512", "counts=no"),
            of("torsions"),
            of("pubchem"),
            of("combined", "bits=4096"),
            of("circular", "atoms=functions", "radius=3"))) {
      Encoder encoder = Encoders.fit(encoding, Cells.of(1, List.of()), new int[0]);
      assertEquals(encoder, Encoders.restore(encoder.state()));
      assertEquals(encoder.description(), Encoders.restore(encoder.state()).description());
    }
  }
}
