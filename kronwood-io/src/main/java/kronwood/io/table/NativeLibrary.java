package kronwood.io.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodHandles;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import kronwood.fault.InputException;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's native library, unpacked once per user and version and used again by every process.
 *
 * <p>DuckDB itself unpacks its library, 70 MB, to the temporary folder each time a process starts.
 * That costs time, leaves a file behind when the process is killed, and fails where the folder is
 * full or mounted {@code noexec}. Here it is kept in {@code kronwood} within the user's cache
 * folder ({@code XDG_CACHE_HOME} where set). If that folder cannot be used, or others may write to
 * it, the library is unpacked to the temporary folder after all, and its name removed as soon as it
 * is loaded.
 *
 * <p>DuckDB has no setting for this: the method that unpacks is emptied when its class is loaded.
 * Where that class was loaded before, DuckDB has its library already.
 */
final class NativeLibrary {
  private static final String UNPACKING_CLASS = "org/duckdb/DuckDBNative";
  private static final String UNPACKING_METHOD = "loadNativeLibrary";
  private static final String PREFIX = "libduckdb_java.so_";
  private static final String UNFINISHED = ".part";
  private static final Duration ABANDONED = Duration.ofHours(1);

  /** What came of it: nothing yet, no failure, or why it failed. */
  @SuppressWarnings("NullableOptional")
  private static @Nullable Optional<InputException> tried;

  private final JarFile jar;
  private final JarEntry entry;
  private final List<String> failures = new ArrayList<>();

  private NativeLibrary(JarFile jar, JarEntry entry) {
    this.jar = jar;
    this.entry = entry;
  }

  /**
   * Loads the library, the first time.
   *
   * @throws InputException if it can be loaded from nowhere, then and each time after
   */
  static synchronized void load() {
    if (tried == null) {
      try {
        loadOnce();
        tried = Optional.empty();
      } catch (InputException e) {
        tried = Optional.of(e);
      }
    }
    if (tried.isPresent()) {
      throw tried.get();
    }
  }

  private static void loadOnce() {
    ClassLoader loader = NativeLibrary.class.getClassLoader();
    if (loader == null || !loader.equals(DuckDBConnection.class.getClassLoader())) {
      return;
    }
    try {
      NativeLibrary library = find(loader);
      if (library != null && leaveUnpackingToUs(loader)) {
        library.unpackAndLoad();
      }
    } catch (IOException e) {
      throw new InputException("the embedded database cannot be read from its jar: " + e, e);
    }
  }

  /** The library of this machine, or null where the jar is not one that we know how to read. */
  private static @Nullable NativeLibrary find(ClassLoader loader) throws IOException {
    URL driver = loader.getResource(UNPACKING_CLASS + ".class");
    if (driver == null || !(driver.openConnection() instanceof JarURLConnection connection)) {
      return null;
    }
    JarFile jar = connection.getJarFile();
    JarEntry found = null;
    Enumeration<JarEntry> entries = jar.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      if (entry.getName().startsWith(PREFIX) && isOfThisMachine(entry.getName())) {
        found = entry;
      }
    }
    return found == null ? null : new NativeLibrary(jar, found);
  }

  private static boolean isOfThisMachine(String name) {
    String system = property("os.name");
    String machine = property("os.arch");
    boolean mac = system.startsWith("mac");
    String expected = mac ? "macos" : system.startsWith("windows") ? "windows" : system;
    String alias = mac ? "osx" : expected;
    boolean arm = machine.equals("aarch64") || machine.equals("arm64");
    List<String> processors =
        arm
            ? List.of("arm64", "aarch64", "universal")
            : machine.equals("amd64") || machine.equals("x86_64")
                ? List.of("amd64", "x86_64", "universal")
                : List.of(machine);
    return processors.stream()
        .anyMatch(
            p -> name.equals(PREFIX + expected + "_" + p) || name.equals(PREFIX + alias + "_" + p));
  }

  private static String property(String name) {
    return System.getProperty(name, "").toLowerCase(Locale.ROOT).strip();
  }

  /** Defines DuckDB's class without its unpacking; false if it is defined already. */
  private static boolean leaveUnpackingToUs(ClassLoader loader) throws IOException {
    byte[] original;
    try (InputStream in = loader.getResourceAsStream(UNPACKING_CLASS + ".class")) {
      if (in == null) {
        return false;
      }
      original = in.readAllBytes();
    }
    boolean[] emptied = {false};
    ClassFile classes = ClassFile.of();
    byte[] changed =
        classes.transformClass(
            classes.parse(original),
            (builder, element) -> {
              if (element instanceof MethodModel method
                  && method.methodName().equalsString(UNPACKING_METHOD)
                  && method.methodType().equalsString("()V")) {
                emptied[0] = true;
                builder.withMethodBody(
                    method.methodName(),
                    method.methodType(),
                    method.flags().flagsMask(),
                    code -> code.return_());
              } else {
                builder.with(element);
              }
            });
    if (!emptied[0]) {
      return false;
    }
    try {
      MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup())
          .defineClass(changed);
      return true;
    } catch (IllegalAccessException | LinkageError usedBefore) {
      return false;
    }
  }

  private void unpackAndLoad() {
    Path cache = cacheFolder();
    if (cache != null && loadCached(cache)) {
      return;
    }
    if (loadTemporary()) {
      return;
    }
    throw new InputException(
        "the embedded database cannot be started, its library (%d MB) was unpacked nowhere: %s; set XDG_CACHE_HOME to a folder of yours with that much room, on a disk that may hold programs"
            .formatted(entry.getSize() >> 20, String.join("; ", failures)));
  }

  /** Where this user's programs keep what they can make again. */
  private static @Nullable Path cacheFolder() {
    String wanted = System.getenv("XDG_CACHE_HOME");
    if (wanted == null || wanted.isBlank()) {
      wanted = System.getenv("LOCALAPPDATA");
    }
    if (wanted != null && !wanted.isBlank() && Path.of(wanted).isAbsolute()) {
      return Path.of(wanted, "kronwood");
    }
    String home = System.getProperty("user.home", "");
    if (home.isBlank() || !Path.of(home).isAbsolute()) {
      return null;
    }
    return property("os.name").startsWith("mac")
        ? Path.of(home, "Library", "Caches", "kronwood")
        : Path.of(home, ".cache", "kronwood");
  }

  private boolean loadCached(Path folder) {
    Path library =
        folder.resolve(
            "duckdb-%08x-%s.so"
                .formatted(entry.getCrc(), entry.getName().substring(PREFIX.length())));
    try {
      if (!isWhole(library)) {
        createPrivately(folder);
        removeAbandoned(folder);
        Path part = Files.createTempFile(folder, "duckdb", UNFINISHED);
        try {
          unpack(part);
          move(part, library);
        } finally {
          Files.deleteIfExists(part);
        }
      }
      return onlyOursToWrite(folder) && onlyOursToWrite(library) && load(library);
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      failures.add(folder + ": " + e);
      return false;
    }
  }

  private boolean isWhole(Path library) throws IOException {
    return Files.isRegularFile(library) && Files.size(library) == entry.getSize();
  }

  private static void createPrivately(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** What killed processes were unpacking. */
  private static void removeAbandoned(Path folder) throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "duckdb*" + UNFINISHED)) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  /** Complete on the disk before it gets its name, so that a file of that name can be trusted. */
  private void unpack(Path file) throws IOException {
    try (InputStream in = jar.getInputStream(entry);
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream out = Channels.newOutputStream(channel)) {
      in.transferTo(out);
      channel.force(true);
    }
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private void move(Path part, Path library) throws IOException {
    try {
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // On Windows a library that another process has loaded meanwhile cannot be replaced.
      if (!isWhole(library)) {
        throw e;
      }
    }
  }

  /** Whether nobody else may write there: what is loaded runs with all rights of the user. */
  private boolean onlyOursToWrite(Path path) throws IOException {
    if (!isPosix(path)) {
      return true;
    }
    PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
    Set<PosixFilePermission> permissions = attributes.permissions();
    boolean others =
        permissions.contains(PosixFilePermission.GROUP_WRITE)
            || permissions.contains(PosixFilePermission.OTHERS_WRITE)
            || !attributes.owner().equals(user());
    if (others) {
      failures.add(path + ": others may write there");
    }
    return !others;
  }

  private static UserPrincipal user() throws IOException {
    Path process = Path.of("/proc/self");
    return Files.getOwner(
        Files.exists(process) ? process : Path.of(System.getProperty("user.home", "")));
  }

  private static boolean isPosix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  private boolean loadTemporary() {
    Path file = null;
    try {
      file = Files.createTempFile("kronwood-duckdb", ".so");
      unpack(file);
      return load(file);
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      failures.add(System.getProperty("java.io.tmpdir") + ": " + e);
      return false;
    } finally {
      remove(file);
    }
  }

  /** A loaded library needs its name no more, but on Windows. */
  private static void remove(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException inUse) {
        file.toFile().deleteOnExit();
      }
    }
  }

  @SuppressWarnings("restricted")
  private boolean load(Path library) {
    try {
      System.load(library.toAbsolutePath().toString());
      return true;
    } catch (UnsatisfiedLinkError e) {
      failures.add(library + ": " + e.getMessage());
      return false;
    }
  }
}
