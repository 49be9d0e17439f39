import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/**
 * Makes the package for the platform that it runs on: a folder that needs no Java, and an archive
 * of it. The build starts it from source, with the libraries of the command line on the class path.
 *
 * <p>The same jars and the same JDK give the same bytes.
 */
final class Distribution {
  private static final String NATIVES = "libduckdb_java.so_";

  private final Path root;
  private final Path target;
  private final String version;
  private final Instant time;
  private final Path output;
  private final Path folder;

  /**
   * A package.
   *
   * @param root the repository
   * @param version version of the jars
   * @param time time of all files
   * @param output where the folder and its archive are made
   */
  Distribution(Path root, String version, Instant time, Path output) {
    this.root = root;
    this.target = root.resolve("kronwood-cli/target");
    this.version = version;
    this.time = time;
    this.output = output;
    this.folder = output.resolve("kronwood-" + version + "-" + platform());
  }

  /** Arguments: the repository, the version, the time of all files, the folder for the package. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Distribution distribution =
        new Distribution(Path.of(args[0]), args[1], Instant.parse(args[2]), Path.of(args[3]));
    distribution.make();
    System.out.println(
        "%s (%.1f MB)".formatted(distribution.archive(), Files.size(distribution.archive()) / 1e6));
  }

  static String platform() {
    return system() + "-" + (isArm() ? "aarch64" : "x86_64");
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      throw new IllegalStateException("there is no package for Windows: its launcher is a shell's");
    }
    return name.startsWith("mac") ? "macos" : name;
  }

  private static boolean isArm() {
    return System.getProperty("os.arch").equals("aarch64");
  }

  Path folder() {
    return folder;
  }

  Path archive() {
    return output.resolve(folder.getFileName() + ".tar.gz");
  }

  /** Makes folder and archive, in place of what is there. */
  void make() throws IOException, InterruptedException {
    delete(folder);
    Path app = Files.createDirectories(folder.resolve("app"));
    copy(target.resolve("kronwood-cli.jar"), app.resolve("kronwood-cli.jar"));
    for (Path jar : files(target.resolve("lib"))) {
      Path copy = app.resolve("lib").resolve(jar.getFileName());
      if (isDuckDb(jar)) {
        Files.createDirectories(copy.getParent());
        withNativesOfThisPlatform(jar, copy);
      } else if (jar.getFileName().toString().startsWith("picocli-")) {
        Files.createDirectories(copy.getParent());
        ClassFormat.renew(jar, copy);
      } else {
        copy(jar, copy);
      }
    }
    JavaImage.write(app.resolve("kronwood-cli.jar"), app.resolve("lib"), folder.resolve("runtime"));
    copyProgram(app);
    describe();
    writeSums(app);
    setTimesAndModes();
    Archive.write(folder, archive(), time);
    Files.writeString(
        output.resolve(archive().getFileName() + ".sha256"),
        sha256(archive()) + "  " + archive().getFileName() + "\n");
  }

  private static boolean isDuckDb(Path jar) {
    return jar.getFileName().toString().startsWith("duckdb_jdbc-");
  }

  /** Copies DuckDB's jar without the native libraries of other platforms. */
  private static void withNativesOfThisPlatform(Path jar, Path copy) throws IOException {
    String wanted = NATIVES + system() + (isArm() ? "_arm64" : "_amd64");
    boolean found = false;
    try (JarFile in = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (JarEntry entry : in.stream().toList()) {
        if (!entry.getName().startsWith(NATIVES) || entry.getName().equals(wanted)) {
          found |= entry.getName().equals(wanted);
          ZipEntry same = new ZipEntry(entry.getName());
          same.setTimeLocal(entry.getTimeLocal());
          out.putNextEntry(same);
          try (InputStream bytes = in.getInputStream(entry)) {
            bytes.transferTo(out);
          }
          out.closeEntry();
        }
      }
    }
    if (!found) {
      throw new IllegalStateException(jar + " has no " + wanted);
    }
  }

  private void copyProgram(Path app) throws IOException {
    Path sources = root.resolve("kronwood-cli/src/dist");
    copy(sources.resolve("kronwood"), folder.resolve("bin/kronwood"));
    Files.setPosixFilePermissions(
        folder.resolve("bin/kronwood"), PosixFilePermissions.fromString("rwxr-xr-x"));
    copy(root.resolve("bin/start.sh"), app.resolve("start.sh"));
    for (Path model :
        files(root.resolve("kronwood-core/src/test/resources/kronwood/model/file/golden"))) {
      if (model.toString().endsWith(".kron")) {
        copy(model, app.resolve("rehearsal").resolve(model.getFileName()));
      }
    }
    for (String example : List.of("digits", "pairs")) {
      for (Path file : files(root.resolve("examples").resolve(example))) {
        copy(file, folder.resolve("examples").resolve(example).resolve(file.getFileName()));
      }
    }
    for (String file : List.of("LICENSE", "NOTICE")) {
      copy(root.resolve(file), folder.resolve(file));
    }
    copy(sources.resolve("README.txt"), folder.resolve("README.txt"));
    for (Path file : files(sources.resolve("licenses"))) {
      copy(file, folder.resolve("licenses").resolve(file.getFileName()));
    }
    for (Path jar : files(app.resolve("lib"))) {
      copyLicences(jar);
    }
  }

  private void copyLicences(Path jar) throws IOException {
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    try (JarFile in = new JarFile(jar.toFile())) {
      for (JarEntry entry : in.stream().toList()) {
        if (entry.getName().matches("META-INF/[^/]*(LICENSE|NOTICE)[^/]*")) {
          Path copy =
              folder.resolve("licenses").resolve(name).resolve(entry.getName().substring(9));
          Files.createDirectories(copy.getParent());
          try (InputStream bytes = in.getInputStream(entry)) {
            Files.copy(bytes, copy);
          }
        }
      }
    }
  }

  /** Manual pages, completion and the list of parts, by the program itself. */
  private void describe() throws IOException, InterruptedException {
    Path manual = Files.createDirectories(folder.resolve("share/man/man1"));
    java(manual.resolve("log"), "kronwood.cli.ManualPages", manual.toString());
    Files.delete(manual.resolve("log"));
    Path completion = folder.resolve("share/bash-completion/completions/kronwood");
    Files.createDirectories(completion.getParent());
    java(completion, "kronwood.cli.Main", "completion");
    Parts.write(target.resolve("bom.json"), folder);
  }

  private void java(Path output, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                folder.resolve("runtime/bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder.resolve("app/kronwood-cli.jar").toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
  }

  /** The id of the package tells a cache of another one, made in the same folder, apart. */
  private void writeSums(Path app) throws IOException {
    Files.writeString(app.resolve("package-id"), sha256(sums().getBytes()) + "\n");
    Files.writeString(folder.resolve("SHA256SUMS"), sums());
  }

  private String sums() throws IOException {
    StringBuilder sums = new StringBuilder();
    for (Path file : walk(folder)) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        sums.append(sha256(file)).append("  ").append(folder.relativize(file)).append('\n');
      }
    }
    return sums.toString();
  }

  private void setTimesAndModes() throws IOException {
    for (Path file : walk(folder).reversed()) {
      if (!Files.isSymbolicLink(file)) {
        boolean all = Files.isDirectory(file) || Archive.isExecutable(file);
        Files.setPosixFilePermissions(
            file, PosixFilePermissions.fromString(all ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }

  static String sha256(Path file) throws IOException {
    return sha256(Files.readAllBytes(file));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
