package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small data set in files: 12 entities {@code a1 … a12} of a table left, 9 entities {@code b1 …
 * b9} of a table right, 4 entities {@code c1 … c4} of a table cell, and all pairs with their
 * targets.
 *
 * <pre>
 * left.csv, right.csv, cell.csv              id and features
 * left_similarity.csv, right_similarity.csv  inner products of the features, plus 1 on the diagonal
 * pairs.csv                                  left,right,cell,affinity,other,active,grade,weight,part
 * </pre>
 *
 * Of the pairs, part is {@code test} in every fifth row, {@code validation} in the row after it,
 * else {@code train}.
 */
public final class TinyData {
  public static final int LEFT = 12;
  public static final int RIGHT = 9;
  public static final int PAIRS = LEFT * RIGHT;

  private final Path folder;

  private TinyData(Path folder) {
    this.folder = folder;
  }

  /** Writes the files. */
  public static TinyData in(Path folder) throws IOException {
    TinyData data = new TinyData(folder);
    Random random = new Random(7);
    double[][] left = features(random, LEFT, 3);
    double[][] right = features(random, RIGHT, 2);
    data.write("left.csv", featureTable("a", "xyz", left));
    data.write("right.csv", featureTable("b", "pq", right));
    data.write("cell.csv", featureTable("c", "uv", features(random, 4, 2)));
    data.write("left_similarity.csv", similarityTable("a", left));
    data.write("right_similarity.csv", similarityTable("b", right));
    data.write("pairs.csv", pairs(left, right));
    return data;
  }

  private static double[][] features(Random random, int entities, int columns) {
    double[][] features = new double[entities][columns];
    for (double[] row : features) {
      for (int c = 0; c < columns; c++) {
        row[c] = Math.round(1000 * random.nextGaussian()) / 1000.0;
      }
    }
    return features;
  }

  private static String featureTable(String prefix, String columns, double[][] features) {
    StringBuilder text = new StringBuilder("id");
    columns.chars().forEach(c -> text.append(',').append((char) c));
    for (int e = 0; e < features.length; e++) {
      text.append('\n').append(prefix).append(e + 1);
      for (double value : features[e]) {
        text.append(',').append(value);
      }
    }
    return text.append('\n').toString();
  }

  private static String similarityTable(String prefix, double[][] features) {
    StringBuilder text = new StringBuilder("id");
    for (int e = 0; e < features.length; e++) {
      text.append(',').append(prefix).append(e + 1);
    }
    for (int e = 0; e < features.length; e++) {
      text.append('\n').append(prefix).append(e + 1);
      for (int other = 0; other < features.length; other++) {
        double product = e == other ? 1 : 0;
        for (int c = 0; c < features[e].length; c++) {
          product += features[e][c] * features[other][c];
        }
        text.append(String.format(Locale.ROOT, ",%.6f", product));
      }
    }
    return text.append('\n').toString();
  }

  private static String pairs(double[][] left, double[][] right) {
    StringBuilder text =
        new StringBuilder("left,right,cell,affinity,other,active,grade,weight,part\n");
    for (int i = 0; i < PAIRS; i++) {
      double[] u = left[i / RIGHT];
      double[] v = right[i % RIGHT];
      double z = u[0] * v[0] - u[1] * v[1] + 0.5 * u[2];
      String grade = z < -0.5 ? "low" : z > 0.5 ? "high" : "mid";
      String part = i % 5 == 0 ? "test" : i % 5 == 1 ? "validation" : "train";
      text.append(
          String.format(
              Locale.ROOT,
              "a%d,b%d,c%d,%.4f,%.4f,%s,%s,%d,%s%n",
              i / RIGHT + 1,
              i % RIGHT + 1,
              i % 4 + 1,
              5 + z,
              z * z,
              z > 0 ? "yes" : "no",
              grade,
              1 + i % 2,
              part));
    }
    return text.toString();
  }

  /** Path of a file, as text. */
  public String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Writes a file. */
  public void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  /** Content of a file. */
  public String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /** Writes a copy of a file with some text replaced, which must occur. */
  public void copy(String from, String to, String text, String replacement) throws IOException {
    String content = read(from);
    if (!content.contains(text)) {
      throw new IllegalArgumentException("'" + text + "' is not in " + from);
    }
    write(to, content.replace(text, replacement));
  }

  /**
   * A short training on features of both sides, with further or other options; of the network alone
   * unless it is tuned.
   */
  public String[] train(String... options) {
    if (Arrays.stream(options).anyMatch(option -> option.startsWith("--tune"))) {
      return trainByDefault(options);
    }
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--plain");
    return trainByDefault(all.toArray(String[]::new));
  }

  /** The same as whoever asks for nothing has it. */
  public String[] trainByDefault(String... options) {
    return command(
        List.of(
            "train",
            "--pairs=" + path("pairs.csv"),
            "--modes=left,right",
            "--neurons=16",
            "--epochs=3",
            "--batch=8",
            "--threads=2",
            "--progress=none",
            "--out=" + path("model.kron")),
        options,
        List.of("--features=left=" + path("left.csv"), "--features=right=" + path("right.csv")));
  }

  /** The same on similarities. */
  public String[] trainOnSimilarities(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--similarity=left=" + path("left_similarity.csv"));
    all.add("--similarity=right=" + path("right_similarity.csv"));
    return train(all.toArray(String[]::new));
  }

  /** The cross-validation of such a training. */
  public String[] cv(String... options) {
    List<String> args = new ArrayList<>(List.of(train(options)));
    args.set(0, "cv");
    args.remove("--out=" + path("model.kron"));
    return args.toArray(String[]::new);
  }

  /** Attributes and targets given in {@code options} take the place of the usual ones. */
  private static String[] command(List<String> first, String[] options, List<String> attributes) {
    List<String> args = new ArrayList<>(first);
    args.addAll(List.of(options));
    for (String attribute : attributes) {
      String table = attribute.substring(0, attribute.indexOf('=', "--features=".length()) + 1);
      String similarity = table.replace("--features", "--similarity");
      if (args.stream().noneMatch(arg -> arg.startsWith(table) || arg.startsWith(similarity))) {
        args.add(attribute);
      }
    }
    if (args.stream().noneMatch(arg -> arg.startsWith("--target="))) {
      args.add("--target=affinity");
    }
    return args.toArray(String[]::new);
  }

  /** A command on the model that {@link #train} saved. */
  public String[] withModel(String command, String... options) {
    List<String> args = new ArrayList<>(List.of(command, "--model=" + path("model.kron")));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  /** Trains a model that multiplies the entities of table left with themselves. */
  public String[] trainOnSelf() throws IOException {
    write("self.csv", "left,affinity\na1,1\na2,3\na3,2\na4,5\na5,0\na6,2\n");
    return onLeft("--pairs=" + path("self.csv"), "--modes=left,left");
  }

  /** Trains a model of pairs first, second of the entities of table left. */
  public String[] trainOnOneTable() throws IOException {
    write("both.csv", "first,second,affinity\na1,a2,1\na2,a3,3\na3,a1,2\na4,a1,5\na5,a6,0\n");
    return onLeft("--pairs=" + path("both.csv"), "--modes=first:left,second:left");
  }

  private String[] onLeft(String pairs, String modes) {
    return new String[] {
      "train",
      pairs,
      modes,
      "--features=left=" + path("left.csv"),
      "--target=affinity",
      "--neurons=16",
      "--epochs=3",
      "--threads=1",
      "--progress=none",
      "--out=" + path("model.kron")
    };
  }

  /**
   * What predict says of pairs by their ids.
   *
   * @param score column of the prediction
   * @param options further ones of predict; without {@code --grid} the pairs are all of pairs.csv
   */
  public Map<String, Double> predicted(String score, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    if (all.stream().noneMatch("--grid"::equals)) {
      all.add("--pairs=" + path("pairs.csv"));
    }
    String csv = Run.well(withModel("predict", all.toArray(String[]::new))).out();
    List<String> left = column(csv, "left");
    List<String> right = column(csv, "right");
    List<String> scores = column(csv, score);
    Map<String, Double> predictions = new TreeMap<>();
    for (int i = 0; i < scores.size(); i++) {
      predictions.put(left.get(i) + " " + right.get(i), Double.valueOf(scores.get(i)));
    }
    assertEquals(scores.size(), predictions.size(), "each pair once");
    return predictions;
  }

  /** Values of a column of CSV text without quotes. */
  public static List<String> column(String csv, String name) {
    List<String> lines = csv.lines().toList();
    int column = List.of(lines.getFirst().split(",")).indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException("no column '" + name + "' in " + lines.getFirst());
    }
    return lines.stream().skip(1).map(line -> line.split(",", -1)[column]).toList();
  }
}
