package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables and argument files of strangers, damaged in all ways: each is refused with a short message
 * or gives a finite answer.
 *
 * <p>The build tries {@value #MUTANTS}; {@code -Dkronwood.fuzz=10m} goes on for ten minutes, {@code
 * -Dkronwood.fuzz=10000} tries so many, and {@code -Dkronwood.seed=N} begins with another one. What
 * fails is kept in {@code target/mutants}; so is a summary of what was asked for.
 */
class MutatedTablesTest {
  private static final int MUTANTS = 160;
  private static final int LONGEST_MESSAGE = 2000;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Set<Integer> GOOD_CODES =
      Set.of(ExitCodes.SUCCESS, ExitCodes.BAD_INPUT, ExitCodes.DIVERGED);

  private @TempDir Path folder;
  private TinyData data;
  private final List<Victim> victims = new ArrayList<>();

  /**
   * A good file, and what is done with its mutants.
   *
   * @param name of the good file
   * @param command with {@code $M} for the mutant
   */
  private record Victim(String name, String[] command) {}

  @BeforeEach
  void setUp() throws IOException, SQLException {
    data = TinyData.in(folder);
    Run.well(data.train());
    Files.copy(Path.of(data.path("model.kron")), Path.of(data.path("good.kron")));
    data.write("pairs.tsv", data.read("pairs.csv").replace(',', '\t'));
    images();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      for (String table : List.of("left", "pairs")) {
        String rows = "(FROM '" + data.path(table + ".csv") + "')";
        sql.execute("COPY " + rows + " TO '" + data.path(table + ".parquet") + "'");
        sql.execute("COPY " + rows + " TO '" + data.path(table + ".json") + "' (ARRAY true)");
        sql.execute("COPY " + rows + " TO '" + data.path(table + ".ndjson") + "' (FORMAT json)");
      }
      sql.execute("ATTACH '" + data.path("left.duckdb") + "' AS d (BLOCK_SIZE 16384)");
      sql.execute("CREATE TABLE d.t AS FROM '" + data.path("left.csv") + "'");
    }
    for (String features : List.of("left.csv", "left.parquet", "left.json", "left.duckdb")) {
      victims.add(victim(features, data.train("--features=left=$M", "--epochs=1", "--json")));
    }
    for (String pairs : List.of("pairs.csv", "pairs.tsv", "pairs.parquet", "pairs.ndjson")) {
      victims.add(victim(pairs, data.train("--pairs=$M", "--epochs=1", "--json")));
      victims.add(victim(pairs, good("predict", "--pairs=$M")));
      victims.add(victim(pairs, good("evaluate", "--pairs=$M", "--json")));
    }
    victims.add(
        victim(
            "pairs.csv", data.train("--pairs=$M", "--target=grade", "--loss=softmax", "--json")));
    victims.add(victim("left.csv", good("predict", "--grid", "--features=left=$M")));
    victims.add(
        victim("left_similarity.csv", data.trainOnSimilarities("--similarity=left=$M", "--json")));
    for (String file : List.of("images.idx", "labels.idx")) {
      boolean labels = file.startsWith("labels");
      String[] idx = {
        "train",
        "--pairs=" + (labels ? "$M" : data.path("labels.idx")),
        "--features=image=" + (labels ? data.path("images.idx") : "$M"),
        "--modes=image,image",
        "--target=label",
        "--neurons=16",
        "--epochs=1",
        "--threads=1",
        "--progress=none",
        "--json",
        "--out=" + data.path("idx.kron")
      };
      victims.add(victim(file, idx));
    }
    List<String> lines = new ArrayList<>(List.of(data.train("--train-where=part = 'train'")));
    lines.set(0, "# options");
    lines.removeIf(line -> line.startsWith("--out") || line.startsWith("--progress"));
    lines.replaceAll(line -> line.startsWith("--") ? "\"" + line + "\"" : line);
    data.write("train.args", String.join("\n", lines) + "\n");
    victims.add(victim("train.args", "explain", "@$M"));
  }

  private static Victim victim(String name, String... command) {
    return new Victim(name, command);
  }

  private String[] good(String command, String... options) {
    List<String> args = new ArrayList<>(List.of(command, "--model=" + data.path("good.kron")));
    args.addAll(List.of(options));
    return args.toArray(String[]::new);
  }

  private void images() throws IOException {
    ByteArrayOutputStream images = new ByteArrayOutputStream();
    images.writeBytes(new byte[] {0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 3});
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    labels.writeBytes(new byte[] {0, 0, 8, 1, 0, 0, 0, 10});
    for (int i = 0; i < 10; i++) {
      labels.write(i % 3);
      for (int p = 0; p < 6; p++) {
        images.write((i * 37 + p * 11) % 256);
      }
    }
    Files.write(folder.resolve("images.idx"), images.toByteArray());
    Files.write(folder.resolve("labels.idx"), labels.toByteArray());
  }

  @Test
  void everyGoodFileIsUsed() throws IOException {
    for (Victim victim : victims) {
      Run run = run(victim, Files.readAllBytes(folder.resolve(victim.name)), victim.name);
      assertEquals(ExitCodes.SUCCESS, run.code(), () -> victim.name + ": " + run);
    }
  }

  @Test
  void everyMutantIsRefusedOrGivesAFiniteAnswer() throws IOException {
    long first = Long.getLong("kronwood.seed", 1);
    String wanted = System.getProperty("kronwood.fuzz", "0s");
    boolean counted = wanted.matches("[0-9]+");
    long mutants = counted ? Long.parseLong(wanted) : MUTANTS;
    long until = System.nanoTime() + (counted ? 0 : nanos(wanted));
    Map<Integer, Integer> codes = new TreeMap<>();
    long longest = 0;
    for (long seed = first; seed < first + mutants || System.nanoTime() < until; seed++) {
      Mutation mutation = new Mutation(seed);
      Victim victim = victims.get((int) Math.floorMod(seed, (long) victims.size()));
      byte[] mutant = mutation.of(Files.readAllBytes(folder.resolve(victim.name)));
      boolean text = victim.name.matches(".*\\.(csv|tsv|ndjson|idx)");
      String name = "mutant" + victim.name.substring(victim.name.indexOf('.'));
      if (text && mutation.chance(4)) {
        mutant = packed(mutant);
        name += ".gz";
        if (mutation.chance(4)) {
          mutant = mutation.of(mutant);
        }
      }
      long began = SYSTEM.getProcessCpuTime();
      Run run = run(victim, mutant, name);
      longest = Math.max(longest, SYSTEM.getProcessCpuTime() - began);
      String problem = problem(run);
      if (!problem.isEmpty()) {
        Path kept = Files.createDirectories(Path.of("target", "mutants")).resolve(seed + name);
        Files.write(kept, mutant);
        assertEquals(
            "", problem, () -> kept + ", " + String.join(" ", victim.command) + ": " + run);
      }
      codes.merge(run.code(), 1, Integer::sum);
    }
    if (!wanted.equals("0s")) {
      summarise(codes, longest);
    }
    int used = codes.getOrDefault(ExitCodes.SUCCESS, 0);
    int refused = codes.getOrDefault(ExitCodes.BAD_INPUT, 0);
    // Both must occur often, or the mutants are too mild or too wild to find anything.
    assertTrue(used > mutants / 20, "used " + used);
    assertTrue(refused > mutants / 4, "refused " + refused);
  }

  /** Says how often each exit code was, and what the mutants took. */
  private static void summarise(Map<Integer, Integer> codes, long longest) throws IOException {
    Path status = Path.of("/proc/self/status");
    String memory = "";
    if (Files.exists(status)) {
      try (Stream<String> lines = Files.lines(status)) {
        memory = lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElse("");
      }
    }
    String text =
        "exit codes %s%nlongest: %.2f s of processor time%nlargest heap: %d MB; process: %s%n"
            .formatted(codes, longest * 1e-9, Runtime.getRuntime().maxMemory() >> 20, memory);
    Path folder = Files.createDirectories(Path.of("target", "mutants"));
    Files.writeString(folder.resolve("summary.txt"), text);
  }

  private Run run(Victim victim, byte[] content, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!name.equals(victim.name)) {
      Files.write(file, content);
    }
    String[] command = victim.command.clone();
    for (int i = 0; i < command.length; i++) {
      command[i] = command[i].replace("$M", file.toString());
    }
    return Run.of(command);
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  /** What is wrong with an answer, or nothing. */
  private static String problem(Run run) {
    if (!GOOD_CODES.contains(run.code())) {
      return "exit code " + run.code();
    }
    if (run.err().contains("most likely a bug") || run.err().contains("out of memory")) {
      return "a failure";
    }
    if (run.err().lines().anyMatch(line -> line.length() >= LONGEST_MESSAGE)) {
      return "a message of more than " + LONGEST_MESSAGE + " characters";
    }
    if (run.code() == ExitCodes.BAD_INPUT && run.err().isBlank()) {
      return "refused without a word";
    }
    if (run.code() == ExitCodes.SUCCESS
        && own(run.out()).matches("(?s).*[,:](-?inf|nan|NaN|-?Infinity)\\b.*")) {
      return "an answer that is not finite";
    }
    return "";
  }

  /**
   * What an answer does not repeat from the table: of predictions the column {@code score} and what
   * follows it, counted from the end of a line, as ids may hold commas.
   */
  private static String own(String out) {
    List<String> header = List.of(out.lines().findFirst().orElse("").split(","));
    int count = header.size() - header.indexOf("score");
    return out.startsWith("{") || count > header.size()
        ? out
        : out.lines()
            .map(line -> line.split(","))
            .map(line -> Arrays.copyOfRange(line, Math.max(0, line.length - count), line.length))
            .map(line -> "," + String.join(",", line))
            .collect(Collectors.joining("\n"));
  }

  /** {@code 10m}, {@code 30s} or {@code 2h}. */
  private static long nanos(String duration) {
    assertTrue(duration.matches("[0-9]+[smh]"), "kronwood.fuzz=" + duration + ", expected 10m");
    long number = Long.parseLong(duration.substring(0, duration.length() - 1));
    return switch (duration.charAt(duration.length() - 1)) {
      case 's' -> number * 1_000_000_000L;
      case 'm' -> number * 60_000_000_000L;
      default -> number * 3_600_000_000_000L;
    };
  }

  @Test
  void aMutationIsTheSameForTheSameSeed() {
    byte[] content = "id,x\na,1\nb,2\n".getBytes(StandardCharsets.UTF_8);
    boolean differ = false;
    for (long seed = 1; seed < 50; seed++) {
      assertEquals(
          List.of(new String(new Mutation(seed).of(content), StandardCharsets.ISO_8859_1)),
          List.of(new String(new Mutation(seed).of(content), StandardCharsets.ISO_8859_1)));
      differ |= !Arrays.equals(content, new Mutation(seed).of(content));
    }
    assertTrue(differ);
    assertFalse(victims.isEmpty());
  }
}
