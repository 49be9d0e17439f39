import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes the made-up data of the example {@code pairs}: small molecules on the left, proteins on the
 * right, and how strongly they bind by a formula. The files are the same on every machine: the
 * random numbers come from {@link Random}, whose algorithm is specified, and the functions from
 * {@link StrictMath}.
 *
 * <pre>java examples/tools/MakePairs.java examples</pre>
 */
public final class MakePairs {
  private static final long SEED = 20_260_301;
  private static final int LONGEST_CHAIN = 6;
  private static final int RIGHT = 20;
  private static final int NEW_RIGHT = 2;
  private static final int LETTERS = 40;
  private static final int LISTED = 500;
  private static final int ASKED = 60;
  private static final int MATCHES = 400;
  private static final double STRONG = 7;
  private static final String AMINO_ACIDS = "ACDEFGHIKLMNPQRSTVWY";

  private MakePairs() {}

  /** What a molecule ends in. */
  private enum Group {
    ALCOHOL("O", 17.0, 0),
    AMINE("N", 16.0, 1),
    ACID("C(=O)O", 45.0, -1);

    private final String smiles;
    private final double mass;
    private final int charge;

    Group(String smiles, double mass, int charge) {
      this.smiles = smiles;
      this.mass = mass;
      this.charge = charge;
    }
  }

  /** A chain of carbon atoms with a group at its end and perhaps a ring at its beginning. */
  private record Molecule(String id, boolean ring, int chain, Group group) {
    String smiles() {
      return (ring ? "c1ccccc1" : "") + "C".repeat(chain) + group.smiles;
    }

    double mass() {
      return (ring ? 77.1 : 1.0) + 14.0 * chain + group.mass;
    }

    String name() {
      return (ring ? "phenyl " : "") + "chain of " + chain + ", " + lower(group);
    }
  }

  private record Protein(String id, int family, String sequence) {
    /** Share of the letters that two sequences have in common, position by position. */
    double similarity(Protein other) {
      int same = 0;
      for (int i = 0; i < LETTERS; i++) {
        same += sequence.charAt(i) == other.sequence.charAt(i) ? 1 : 0;
      }
      return (double) same / LETTERS;
    }

    /** Two of the families prefer large molecules, the others small ones. */
    double preferredSize() {
      return family < 2 ? 1 : -1;
    }

    /** Every other family prefers positive molecules. */
    double preferredCharge() {
      return family % 2 == 0 ? 1 : -1;
    }
  }

  private record Pair(Molecule left, Protein right, double affinity) {
    String ids() {
      return left.id + "," + right.id;
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: java MakePairs.java EXAMPLES_FOLDER");
      System.exit(2);
    }
    Path folder = Path.of(arguments[0]).resolve("pairs");
    Random random = new Random(SEED);
    List<Molecule> molecules = molecules(1, LONGEST_CHAIN, 1);
    List<Protein> proteins = proteins(random);
    List<Protein> known = proteins.subList(0, RIGHT);
    writeLeft(folder.resolve("left.csv"), molecules);
    writeLeft(
        folder.resolve("new_left.csv"),
        molecules(LONGEST_CHAIN + 1, LONGEST_CHAIN + 1, molecules.size() + 1));
    writeMolecules(folder.resolve("molecules.csv"), molecules);
    writeSequences(folder.resolve("proteins.csv"), known);
    writeSimilarities(folder.resolve("right_similarity.csv"), known, known);
    writeSimilarities(
        folder.resolve("new_right_similarity.csv"),
        proteins.subList(RIGHT, proteins.size()),
        known);
    writePairs(folder, molecules, known, random);
    writeMatches(folder.resolve("matches.csv"), molecules, random);
  }

  private static List<Molecule> molecules(int shortest, int longest, int firstNumber) {
    List<Molecule> molecules = new ArrayList<>();
    for (int chain = shortest; chain <= longest; chain++) {
      for (boolean ring : new boolean[] {false, true}) {
        for (Group group : Group.values()) {
          molecules.add(new Molecule("D" + (firstNumber + molecules.size()), ring, chain, group));
        }
      }
    }
    return molecules;
  }

  /** Four families; each member differs from the ancestor of its family in some letters. */
  private static List<Protein> proteins(Random random) {
    List<String> ancestors = new ArrayList<>();
    for (int family = 0; family < 4; family++) {
      ancestors.add(changed("A".repeat(LETTERS), 1, random));
    }
    List<Protein> proteins = new ArrayList<>();
    for (int i = 0; i < RIGHT + NEW_RIGHT; i++) {
      int family = i % 4;
      proteins.add(new Protein("P" + (i + 1), family, changed(ancestors.get(family), 0.3, random)));
    }
    return proteins;
  }

  private static String changed(String sequence, double share, Random random) {
    StringBuilder letters = new StringBuilder(sequence);
    for (int i = 0; i < LETTERS; i++) {
      if (random.nextDouble() < share) {
        letters.setCharAt(i, AMINO_ACIDS.charAt(random.nextInt(AMINO_ACIDS.length())));
      }
    }
    return letters.toString();
  }

  private static double affinity(Molecule left, Protein right, Random random) {
    double fit =
        right.preferredCharge() * left.group.charge
            + right.preferredSize() * (left.mass() - 110) / 40
            + (left.ring && right.family > 1 ? 0.5 : 0);
    return 6 + 2 * StrictMath.tanh(fit) + 0.2 * random.nextGaussian();
  }

  private static void writePairs(
      Path folder, List<Molecule> molecules, List<Protein> proteins, Random random)
      throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (Molecule left : molecules) {
      for (Protein right : proteins) {
        pairs.add(new Pair(left, right, affinity(left, right, random)));
      }
    }
    Collections.shuffle(pairs, random);
    List<Pair> listed = pairs.subList(0, LISTED);
    try (BufferedWriter out = writer(folder.resolve("pairs.csv"))) {
      out.write("left,right,affinity,fold\n");
      for (Pair pair : listed) {
        String fold = random.nextInt(5) == 0 ? "test" : "train";
        out.write(pair.ids() + "," + rounded(pair.affinity, 2) + "," + fold + "\n");
      }
    }
    try (BufferedWriter out = writer(folder.resolve("interactions.csv"))) {
      out.write("left,right,binds\n");
      for (Pair pair : pairs) {
        if (pair.affinity >= STRONG) {
          out.write(pair.ids() + ",1\n");
        }
      }
    }
    try (BufferedWriter out = writer(folder.resolve("new.csv"))) {
      out.write("left,right\n");
      for (Pair pair : pairs.subList(LISTED, LISTED + ASKED)) {
        out.write(pair.ids() + "\n");
      }
    }
  }

  /** Who of two molecules dissolves better: the more often, the lighter it is and if charged. */
  private static void writeMatches(Path file, List<Molecule> molecules, Random random)
      throws IOException {
    try (BufferedWriter out = writer(file)) {
      out.write("first,second,first_wins\n");
      for (int i = 0; i < MATCHES; i++) {
        Molecule first = molecules.get(random.nextInt(molecules.size()));
        Molecule second = molecules.get(random.nextInt(molecules.size()));
        double ahead = worth(first) - worth(second);
        boolean wins = random.nextDouble() < 1 / (1 + StrictMath.exp(-3 * ahead));
        if (first != second) {
          out.write(first.id + "," + second.id + "," + (wins ? 1 : 0) + "\n");
        }
      }
    }
  }

  private static double worth(Molecule molecule) {
    return Math.abs(molecule.group.charge) - molecule.mass() / 50;
  }

  private static void writeLeft(Path file, List<Molecule> molecules) throws IOException {
    try (BufferedWriter out = writer(file)) {
      out.write("id,size,charge,rings\n");
      for (Molecule molecule : molecules) {
        out.write(
            molecule.id
                + ","
                + rounded(molecule.mass() / 100, 3)
                + ","
                + molecule.group.charge
                + ","
                + (molecule.ring ? 1 : 0)
                + "\n");
      }
    }
  }

  private static void writeMolecules(Path file, List<Molecule> molecules) throws IOException {
    try (BufferedWriter out = writer(file)) {
      out.write("id,mass,group,smiles,name\n");
      for (Molecule molecule : molecules) {
        out.write(
            molecule.id
                + ","
                + rounded(molecule.mass(), 1)
                + ","
                + lower(molecule.group)
                + ","
                + molecule.smiles()
                + ",\""
                + molecule.name()
                + "\"\n");
      }
    }
  }

  private static void writeSequences(Path file, List<Protein> proteins) throws IOException {
    try (BufferedWriter out = writer(file)) {
      out.write("id,sequence\n");
      for (Protein protein : proteins) {
        out.write(protein.id + "," + protein.sequence + "\n");
      }
    }
  }

  private static void writeSimilarities(Path file, List<Protein> rows, List<Protein> columns)
      throws IOException {
    try (BufferedWriter out = writer(file)) {
      out.write("id");
      for (Protein column : columns) {
        out.write("," + column.id);
      }
      out.write("\n");
      for (Protein row : rows) {
        out.write(row.id);
        for (Protein column : columns) {
          out.write("," + rounded(row.similarity(column), 3));
        }
        out.write("\n");
      }
    }
  }

  private static String lower(Group group) {
    return group.name().toLowerCase(Locale.ROOT);
  }

  private static String rounded(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static BufferedWriter writer(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }
}
