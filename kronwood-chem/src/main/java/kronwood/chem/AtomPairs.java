package kronwood.chem;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;

/**
 * Counts pairs of atoms with the number of bonds between them (Carhart, Smith and Venkataraghavan
 * 1985), and chains of four atoms, the topological torsions (Nilakantan et al. 1987). Hydrogen does
 * not count.
 *
 * <p>The type of an atom is its element, the number of its neighbours, and its π electrons: 1 for
 * each double bond, 2 for a triple bond, where rings that are aromatic are written with double
 * bonds. Types, and for pairs the distance, are hashed into positions of a vector.
 *
 * <p>Cost for n atoms: n times the number of atoms within {@value #FARTHEST} bonds for pairs; n
 * times the fourth power of the neighbours for torsions.
 */
final class AtomPairs {
  /** Atoms that are farther apart make no pair. */
  private static final int FARTHEST = 30;

  private static final int MOST_NEIGHBOURS = 7;
  private static final int MOST_PI_ELECTRONS = 3;

  /** Neighbours by atom. */
  private final int[][] neighbours;

  /** Type by atom, 0 for hydrogen. */
  private final int[] types;

  private AtomPairs(int[][] neighbours, int[] types) {
    this.neighbours = neighbours;
    this.types = types;
  }

  static AtomPairs of(IAtomContainer molecule) {
    int n = molecule.getAtomCount();
    Map<IAtom, Integer> position = new HashMap<>();
    for (int i = 0; i < n; i++) {
      position.put(molecule.getAtom(i), i);
    }
    int[][] neighbours = new int[n][];
    int[] types = new int[n];
    for (int i = 0; i < n; i++) {
      IAtom atom = molecule.getAtom(i);
      int[] near = new int[atom.getBondCount()];
      int count = 0;
      int electrons = 0;
      for (IBond bond : atom.bonds()) {
        IAtom other = bond.getOther(atom);
        if (!isHydrogen(other)) {
          near[count++] = Objects.requireNonNull(position.get(other));
          electrons += piElectrons(bond);
        }
      }
      neighbours[i] = Arrays.copyOf(near, count);
      types[i] = isHydrogen(atom) ? 0 : type(atom, count, electrons);
    }
    return new AtomPairs(neighbours, types);
  }

  private static boolean isHydrogen(IAtom atom) {
    return atom.getAtomicNumber() == 1;
  }

  private static int piElectrons(IBond bond) {
    return bond.getOrder() == null ? 0 : Math.max(0, bond.getOrder().numeric() - 1);
  }

  /** A number above 0 and below 2¹⁴. */
  private static int type(IAtom atom, int neighbours, int piElectrons) {
    int byElement = atom.getAtomicNumber() * (MOST_NEIGHBOURS + 1);
    int withNeighbours = byElement + Math.min(neighbours, MOST_NEIGHBOURS);
    return 1 + withNeighbours * (MOST_PI_ELECTRONS + 1) + Math.min(piElectrons, MOST_PI_ELECTRONS);
  }

  /** How many pairs there are at each position. */
  SortedMap<Integer, Double> pairs(int positions) {
    TreeMap<Integer, Double> counts = new TreeMap<>();
    int[] distance = new int[types.length];
    for (int from = 0; from < types.length; from++) {
      if (types[from] > 0) {
        addPairs(from, distance, positions, counts);
      }
    }
    return counts;
  }

  /** Those of an atom with the atoms after it, nearest first. */
  private void addPairs(
      int from, int[] distance, int positions, SortedMap<Integer, Double> counts) {
    Arrays.fill(distance, -1);
    distance[from] = 0;
    ArrayDeque<Integer> reached = new ArrayDeque<>();
    reached.add(from);
    while (!reached.isEmpty()) {
      int atom = reached.remove();
      for (int next : neighbours[atom]) {
        if (distance[next] < 0 && distance[atom] < FARTHEST) {
          distance[next] = distance[atom] + 1;
          reached.add(next);
          if (next > from) {
            long low = Math.min(types[from], types[next]);
            long high = Math.max(types[from], types[next]);
            add((low << 14 | high) << 8 | distance[next], positions, counts);
          }
        }
      }
    }
  }

  /** How many chains of four atoms there are at each position. */
  SortedMap<Integer, Double> torsions(int positions) {
    TreeMap<Integer, Double> counts = new TreeMap<>();
    for (int b = 0; b < types.length; b++) {
      for (int c : neighbours[b]) {
        if (types[b] > 0 && b < c) {
          addTorsions(b, c, positions, counts);
        }
      }
    }
    return counts;
  }

  private void addTorsions(int b, int c, int positions, SortedMap<Integer, Double> counts) {
    for (int a : neighbours[b]) {
      for (int d : neighbours[c]) {
        if (a != c && d != b && a != d) {
          long one = chain(a, b, c, d);
          long other = chain(d, c, b, a);
          add(Math.min(one, other), positions, counts);
        }
      }
    }
  }

  private long chain(int a, int b, int c, int d) {
    return ((long) types[a] << 14 | types[b]) << 28 | (long) types[c] << 14 | types[d];
  }

  private static void add(long code, int positions, SortedMap<Integer, Double> counts) {
    // The last steps of SplitMix64, so that codes that are alike are far apart.
    long mixed = code * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    int position = (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, positions);
    counts.merge(position, 1.0, Double::sum);
  }
}
