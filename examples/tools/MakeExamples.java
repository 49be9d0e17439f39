import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the data files of the examples {@code digits} and {@code same-digit} from one table of 8 ×
 * 8 images of digits (columns id, 64 pixels, label). The same input gives the same files on every
 * machine: the random numbers come from {@link Random}, whose algorithm is specified.
 *
 * <pre>java examples/tools/MakeExamples.java digits.csv examples</pre>
 */
public final class MakeExamples {
  private static final long SEED = 20_260_101;
  private static final double TEST_SHARE = 0.2;
  private static final double UNSEEN_SHARE = 0.3;
  private static final int TRAIN_PAIRS = 6_000;
  private static final int TEST_PAIRS = 2_000;

  private MakeExamples() {}

  private record Image(String id, String pixels, String label) {}

  private record Pair(Image left, Image right, boolean same, String part) {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: java MakeExamples.java DIGITS.csv EXAMPLES_FOLDER");
      System.exit(2);
    }
    List<String> lines = Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8);
    Path examples = Path.of(arguments[1]);
    String header = lines.getFirst();
    if (!header.startsWith("id,") || !header.endsWith(",label")) {
      throw new IOException("expected the columns id, pixels, label, found " + header);
    }
    List<Image> images = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int first = line.indexOf(',');
      int last = line.lastIndexOf(',');
      images.add(
          new Image(
              line.substring(0, first), line.substring(first + 1, last), line.substring(last + 1)));
    }
    writeDigits(images, header.substring(0, header.lastIndexOf(',')), examples.resolve("digits"));
    writeSameDigit(images, examples.resolve("same-digit"));
  }

  private static void writeDigits(List<Image> images, String header, Path folder)
      throws IOException {
    Set<Image> test = sharePerLabel(images, TEST_SHARE, new Random(SEED));
    try (BufferedWriter out = writer(folder.resolve("images.csv"))) {
      out.write(header + "\n");
      for (Image image : images) {
        out.write(image.id + "," + image.pixels + "\n");
      }
    }
    try (BufferedWriter out = writer(folder.resolve("labels.csv"))) {
      out.write("image,label,part\n");
      for (Image image : images) {
        out.write(
            image.id + "," + image.label + "," + (test.contains(image) ? "test" : "train") + "\n");
      }
    }
  }

  private static void writeSameDigit(List<Image> images, Path folder) throws IOException {
    Random random = new Random(SEED + 1);
    Set<Image> unseen = sharePerLabel(images, UNSEEN_SHARE, random);
    List<Image> seen = new ArrayList<>(images);
    seen.removeAll(unseen);
    List<Image> held = new ArrayList<>(images);
    held.retainAll(unseen);
    List<Pair> pairs = new ArrayList<>();
    pairs.addAll(pairs(seen, TRAIN_PAIRS, "train", random));
    pairs.addAll(pairs(held, TEST_PAIRS, "test", random));
    try (BufferedWriter out = writer(folder.resolve("pairs.csv"))) {
      out.write("left,right,same,part\n");
      for (Pair pair : pairs) {
        out.write(
            pair.left.id
                + ","
                + pair.right.id
                + ","
                + (pair.same ? "1," : "0,")
                + pair.part
                + "\n");
      }
    }
  }

  /** Half of the pairs show the same digit, half different ones; no two images are paired twice. */
  private static List<Pair> pairs(List<Image> images, int count, String part, Random random) {
    Map<String, List<Image>> byLabel = byLabel(images);
    Set<Set<String>> taken = new HashSet<>();
    List<Pair> pairs = new ArrayList<>();
    for (boolean same : new boolean[] {true, false}) {
      int wanted = pairs.size() + count / 2;
      while (pairs.size() < wanted) {
        Image left = images.get(random.nextInt(images.size()));
        List<Image> others = same ? byLabel.get(left.label) : images;
        Image right = others.get(random.nextInt(others.size()));
        boolean fits = left != right && left.label.equals(right.label) == same;
        if (fits && taken.add(Set.of(left.id, right.id))) {
          pairs.add(new Pair(left, right, same, part));
        }
      }
    }
    Collections.shuffle(pairs, random);
    return pairs;
  }

  /** A random share of the images of each label. */
  private static Set<Image> sharePerLabel(List<Image> images, double share, Random random) {
    Set<Image> chosen = new HashSet<>();
    for (List<Image> ofLabel : byLabel(images).values()) {
      List<Image> shuffled = new ArrayList<>(ofLabel);
      Collections.shuffle(shuffled, random);
      chosen.addAll(shuffled.subList(0, (int) Math.round(share * shuffled.size())));
    }
    return chosen;
  }

  private static Map<String, List<Image>> byLabel(List<Image> images) {
    Map<String, List<Image>> byLabel = new TreeMap<>();
    for (Image image : images) {
      byLabel.computeIfAbsent(image.label, label -> new ArrayList<>()).add(image);
    }
    return byLabel;
  }

  private static BufferedWriter writer(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }
}
