import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tries out the package that {@link Distribution} made: unpacks it to a folder with blanks in its
 * name, and runs it without Java, network or any program but those that the launcher needs. Then
 * makes it again and compares the bytes. The first thing that is wrong ends it.
 */
final class DistributionCheck {
  /** Today 71 MB and 112 MB: whoever adds much should notice. */
  private static final double ARCHIVE_MB = 80;

  private static final double FOLDER_MB = 130;

  /** All that the launcher may use. */
  private static final List<String> PROGRAMS = List.of("sh", "dirname", "readlink", "mv", "rm");

  private static final JsonMapper JSON = new JsonMapper();

  private final Path root;
  private final Distribution made;
  private final Path scratch;
  private final Path unpacked;
  private final Path programs;
  private final List<String> offline = new ArrayList<>();

  private DistributionCheck(Path root, Distribution made, Path scratch) {
    this.root = root;
    this.made = made;
    this.scratch = scratch;
    this.unpacked = scratch.resolve("a folder").resolve(made.folder().getFileName());
    this.programs = scratch.resolve("programs");
  }

  /** Arguments: as those of {@link Distribution}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]);
    Instant time = Instant.parse(args[2]);
    Distribution made = new Distribution(root, args[1], time, Path.of(args[3]));
    Path scratch = Path.of(args[3]).resolve("check");
    Distribution.delete(scratch);
    Files.createDirectories(scratch);
    DistributionCheck check = new DistributionCheck(root, made, scratch);
    check.unpack();
    check.contents();
    check.parts();
    check.starts();
    check.trains();
    check.manual();
    Distribution again =
        new Distribution(root, args[1], time, Files.createDirectories(scratch.resolve("again")));
    again.make();
    expect(
        Files.mismatch(made.archive(), again.archive()) == -1, "made twice, the archives differ");
    say("made twice, the archives are equal: " + Distribution.sha256(made.archive()));
    Distribution.delete(scratch);
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void say(String text) {
    System.out.println("dist: " + text);
  }

  private void unpack() throws IOException, InterruptedException {
    Path parent = Files.createDirectories(unpacked.getParent());
    run(parent, Map.of(), "tar", "xzf", made.archive().toString());
    Files.createDirectories(programs);
    for (String program : PROGRAMS) {
      String place = run(scratch, Map.of(), "sh", "-c", "command -v " + program).out().strip();
      Files.createSymbolicLink(programs.resolve(program), Path.of(place));
    }
    List<String> namespace = new ArrayList<>(List.of("unshare", "--net"));
    if (!isRoot()) {
      namespace.add("--map-root-user");
    }
    List<String> trial = new ArrayList<>(namespace);
    trial.add("true");
    try {
      if (new ProcessBuilder(trial).start().waitFor() == 0) {
        offline.addAll(namespace);
      }
    } catch (IOException notThere) {
      // Said below.
    }
    say("runs " + (offline.isEmpty() ? "with the network, which cannot be cut here" : "offline"));
  }

  private void contents() throws IOException, InterruptedException {
    String sums = Files.readString(unpacked.resolve("SHA256SUMS"));
    TreeSet<String> listed = new TreeSet<>(List.of("SHA256SUMS"));
    for (String line : sums.lines().toList()) {
      String[] words = line.split("  ", 2);
      listed.add(words[1]);
      expect(Distribution.sha256(unpacked.resolve(words[1])).equals(words[0]), "sum of " + line);
    }
    TreeSet<String> files = new TreeSet<>();
    long size = 0;
    for (Path file : Distribution.walk(unpacked)) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        files.add(unpacked.relativize(file).toString());
        size += Files.size(file);
      }
    }
    expect(files.equals(listed), "SHA256SUMS lists " + listed + ", there are " + files);
    double archive = Files.size(made.archive()) / 1e6;
    say("archive %.1f MB, folder %.1f MB".formatted(archive, size / 1e6));
    expect(archive < ARCHIVE_MB && size / 1e6 < FOLDER_MB, "the package has become too large");
    for (Path jar : Distribution.files(unpacked.resolve("app/lib"))) {
      try (JarFile in = new JarFile(jar.toFile())) {
        long natives = in.stream().filter(e -> e.getName().contains(".so_")).count();
        boolean database = jar.getFileName().toString().startsWith("duckdb");
        expect(natives == (database ? 1 : 0), jar + " has " + natives + " native libraries");
      }
    }
  }

  private void parts() throws IOException {
    JsonNode bom = JSON.readTree(Files.readAllBytes(unpacked.resolve("bom.json")));
    TreeSet<String> listed = new TreeSet<>();
    bom.get("components").forEach(part -> listed.add(Parts.jarName((ObjectNode) part)));
    expect(listed.removeIf(name -> name.startsWith("OpenJDK-")), "the Java runtime is not listed");
    TreeSet<String> jars = new TreeSet<>();
    for (Path jar : Distribution.files(unpacked.resolve("app/lib"))) {
      jars.add(jar.getFileName().toString());
    }
    expect(listed.equals(jars), "bom.json lists " + listed + ", there are " + jars);
    say("bom.json lists all " + jars.size() + " jars and the Java runtime");
  }

  private void starts() throws IOException, InterruptedException {
    Path cache = unpacked.resolve("app/kronwood-cli.aot");
    Answer version = kronwood(unpacked, "--version");
    expect(version.out().contains(unpacked.resolve("runtime").toString()), version.toString());
    expect(Files.size(cache) > 0, "the first start made no cache");
    Answer help = kronwood(scratch, "--help");
    expect(help.err().isEmpty() && help.out().contains("Usage: kronwood"), help.toString());

    Path link = Files.createDirectories(scratch.resolve("bin")).resolve("kronwood");
    Files.createSymbolicLink(
        link, Path.of("../a folder").resolve(made.folder().getFileName()).resolve("bin/kronwood"));
    expect(run(scratch, environment(), link.toString(), "--help").equals(help), "by a link");
    // Another java on the PATH, or named, is not looked at.
    Map<String, String> others = new HashMap<>(environment());
    Path fake = Files.createDirectories(scratch.resolve("fake/bin")).resolve("java");
    Files.writeString(fake, "#!/bin/sh\nexit 99\n");
    fake.toFile().setExecutable(true);
    others.put("PATH", fake.getParent() + ":" + programs);
    others.put("JAVA_HOME", fake.getParent().getParent().toString());
    expect(run(scratch, others, link.toString(), "--help").equals(help), "beside another Java");

    // Moved to where nothing can be written: the cache is of no use, and nobody hears of it.
    Path moved = scratch.resolve("moved");
    Files.move(unpacked, moved);
    try {
      Files.delete(cache(moved));
      List<String> command = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
      List<String> asNobody = new ArrayList<>(isRoot() ? command : List.of("env"));
      asNobody.add(moved.resolve("bin/kronwood").toString());
      asNobody.add("--help");
      if (!isRoot()) {
        cache(moved).getParent().toFile().setWritable(false);
      }
      expect(run(scratch, Map.of(), asNobody).equals(help), "read-only");
      expect(!Files.exists(cache(moved)), "a cache where nothing may be written");
    } finally {
      cache(moved).getParent().toFile().setWritable(true);
      Files.move(moved, unpacked);
    }
    kronwood(unpacked, "--help");
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long start = System.nanoTime();
      kronwood(unpacked, "--help");
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    seconds.sort(null);
    say("--help takes %.2f s, the median of ten".formatted((seconds.get(4) + seconds.get(5)) / 2));
  }

  private static Path cache(Path folder) {
    return folder.resolve("app/kronwood-cli.aot");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private void trains() throws IOException, InterruptedException {
    Answer train = kronwood(unpacked, "train", "@examples/digits/train.args");
    expect(train.out().contains("accuracy"), train.toString());
    Path model = unpacked.resolve("digits.kron");
    Path expected = scratch.resolve("expected.kron");
    run(
        root,
        Map.of(),
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-jar",
        root.resolve("kronwood-cli/target/kronwood-cli.jar").toString(),
        "train",
        "@examples/digits/train.args",
        "--out",
        expected.toString());
    expect(Files.mismatch(model, expected) == -1, "the model differs from that of the repository");
    say("trains the same model as the repository: " + Distribution.sha256(model));
    JsonNode about =
        JSON.readTree(kronwood(unpacked, "inspect", "--json", "--model", "digits.kron").out());
    expect(about.isObject(), "inspect: " + about);
    String pairs = "examples/digits/labels.csv";
    kronwood(unpacked, "predict", "--model", "digits.kron", "--pairs", pairs, "--out", "p.csv");
    long rows = Files.lines(unpacked.resolve("p.csv")).count();
    long asked = Files.lines(unpacked.resolve(pairs)).count();
    expect(rows == asked, rows + " rows predicted of " + asked);
    kronwood(unpacked, "report", "--model", "digits.kron", "--pairs", pairs, "--out", "r.html");
    // Molecules: the jars that jdeps thinks need java.desktop.
    kronwood(
        unpacked,
        "train",
        "--pairs",
        "examples/pairs/pairs.csv",
        "--target",
        "affinity",
        "--modes",
        "left,right",
        "--features",
        "left=examples/pairs/molecules.csv",
        "--identity",
        "right=1",
        "--epochs",
        "2",
        "--out",
        "m.kron");
  }

  private void manual() throws IOException, InterruptedException {
    boolean man = new ProcessBuilder("sh", "-c", "command -v man").start().waitFor() == 0;
    int pages = 0;
    for (Path page : Distribution.files(unpacked.resolve("share/man/man1"))) {
      pages++;
      if (man) {
        Map<String, String> environment =
            Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8", "MANWIDTH", "80");
        Answer shown =
            run(scratch, environment, "man", "--warnings", "--local-file", page.toString());
        expect(shown.err().isEmpty() && shown.out().contains("SYNOPSIS"), shown.toString());
      }
    }
    expect(pages > 10, pages + " manual pages");
    say(
        pages
            + " manual pages"
            + (man ? ", shown by man without a warning" : "; man is not there"));
    Path completion = unpacked.resolve("share/bash-completion/completions/kronwood");
    String script = "source \"$0\" && complete -p kronwood";
    Answer complete =
        run(
            scratch,
            Map.of("PATH", System.getenv("PATH")),
            "bash",
            "-c",
            script,
            completion.toString());
    expect(complete.out().contains("complete"), complete.toString());
  }

  private Map<String, String> environment() {
    return Map.of("PATH", programs.toString(), "HOME", scratch.toString());
  }

  /** Runs the package with nothing on the PATH but what it may use; it must succeed. */
  private Answer kronwood(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(unpacked.resolve("bin/kronwood").toString());
    command.addAll(Arrays.asList(arguments));
    return run(folder, environment(), command);
  }

  /** What a command answered. */
  private record Answer(String out, String err) {}

  private Answer run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return run(folder, environment, List.of(command));
  }

  private Answer run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    if (!environment.isEmpty()) {
      // Cuts the network with programs of this machine, then leaves them behind.
      words.addAll(offline);
      words.addAll(List.of("env", "-i"));
      environment.forEach((name, value) -> words.add(name + "=" + value));
    }
    words.addAll(command);
    Path out = scratch.resolve("out.txt");
    Path err = scratch.resolve("err.txt");
    int code =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    String said = Files.readString(err).replaceAll("(?m)^WARNING: Using incubator modules.*\n", "");
    Answer answer = new Answer(Files.readString(out), said);
    expect(code == 0, "exit code " + code + " of " + words + ": " + answer);
    return answer;
  }
}
