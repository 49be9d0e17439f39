package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Where do I add …" in CONTRIBUTING.md, held by a small addition of each kind: a commit as its
 * author would make it, with its test. It applies to the sources as they are, it touches the files
 * that the page names, it compiles with all that use what it changes, and its test passes.
 */
class AdditionsTest {
  /** The row of the page that each addition is an example of. */
  private static final Map<String, String> ROWS =
      Map.of(
          "loss", "a loss",
          "representation", "a representation of a neuron",
          "table-format", "a table format that the embedded database reads",
          "metric", "a metric",
          "ranking-metric", "a ranking metric",
          "pair-structure", "a structure of pairs",
          "command", "a command");

  private static final Path FOLDER =
      Repository.ROOT.resolve("kronwood-cli/src/test/resources/kronwood/docs/additions");

  private static final Pattern NAMED = Pattern.compile("(beside )?`([^`]+)`");

  @TempDir Path folder;

  private static UnifiedDiff addition(String name) {
    return UnifiedDiff.parse(read(FOLDER.resolve(name + ".diff")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String today(String file) {
    return read(Repository.ROOT.resolve(file));
  }

  /** Names of the sources of all modules, main or test. */
  private static List<String> sources(String kind) {
    try (Stream<Path> modules = Files.list(Repository.ROOT)) {
      return modules
          .map(module -> module.resolve("src/" + kind + "/java"))
          .filter(Files::isDirectory)
          .flatMap(Repository::filesBelow)
          .map(Repository::name)
          .filter(name -> name.endsWith(".java"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cells of a row of the page. */
  private static String[] row(String what) {
    return today("CONTRIBUTING.md")
        .lines()
        .filter(line -> line.startsWith("| " + what + " |"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("CONTRIBUTING.md has no row '" + what + "'"))
        .split("\\|");
  }

  /** The one file of a name such as {@code loss/Loss.KEYS}, {@code LossTest} or a page's path. */
  private static String file(String named, String kind) {
    if (named.endsWith(".md")) {
      return named;
    }
    int member = named.indexOf('.');
    String end = "/" + (member < 0 ? named : named.substring(0, member)) + ".java";
    List<String> found = sources(kind).stream().filter(name -> name.endsWith(end)).toList();
    assertEquals(1, found.size(), () -> "files named '" + named + "': " + found);
    return found.getFirst();
  }

  private static String folderOf(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  @Test
  void thereIsAnAdditionForEachOfTheseRows() {
    assertEquals(
        ROWS.keySet().stream().map(name -> name + ".diff").sorted().toList(),
        Repository.filesBelow(FOLDER).map(file -> file.getFileName().toString()).toList());
  }

  @TestFactory
  Stream<DynamicTest> itTouchesTheFilesThatThePageNames() {
    return ROWS.keySet().stream().sorted().map(name -> dynamicTest(name, () -> checkFiles(name)));
  }

  private static void checkFiles(String name) {
    UnifiedDiff addition = addition(name);
    String[] row = row(ROWS.get(name));
    TreeSet<String> changed = new TreeSet<>();
    List<String> folders = new ArrayList<>();
    for (Matcher named = NAMED.matcher(row[2]); named.find(); ) {
      if (named.group(1) != null) {
        folders.add(folderOf(file(named.group(2), "main")));
      } else if (named.group(2).contains("/")) {
        changed.add(file(named.group(2), "main"));
      }
    }
    for (Matcher named = NAMED.matcher(row[3]); named.find(); ) {
      changed.add(file(named.group(2), "test"));
    }
    assertEquals(changed, new TreeSet<>(addition.changed()), "changed files");
    List<String> created =
        addition.created().stream().filter(file -> !file.contains("/src/test/")).toList();
    assertEquals(folders, created.stream().map(AdditionsTest::folderOf).toList(), "new files");
    assertEquals(created.size() + 1, addition.created().size(), "a test of its own");
  }

  @TestFactory
  Stream<DynamicTest> itAppliesCompilesAndPassesItsTest() throws IOException {
    Map<String, String> patched = new LinkedHashMap<>();
    List<String> tests = new ArrayList<>();
    for (String name : ROWS.keySet().stream().sorted().toList()) {
      UnifiedDiff addition = addition(name);
      // To the sources as they are, then to those with the additions before it.
      addition.apply(AdditionsTest::today);
      patched.putAll(
          addition.apply(file -> patched.containsKey(file) ? patched.get(file) : today(file)));
      addition.created().stream().filter(file -> file.contains("/src/test/")).forEach(tests::add);
    }
    PatchedClasses classes = PatchedClasses.compile(toCompile(patched, tests));
    return tests.stream().flatMap(test -> testsOf(classes, test));
  }

  /** What changed, what names a class that changed, and the additions' own tests. */
  private static Map<String, String> toCompile(Map<String, String> patched, List<String> tests) {
    Pattern changed =
        Pattern.compile(
            patched.keySet().stream()
                .filter(file -> file.contains("/src/main/"))
                .map(file -> file.replaceAll(".*/|\\.java", ""))
                .collect(Collectors.joining("|", "\\b(", ")\\b")));
    Map<String, String> sources = new LinkedHashMap<>();
    for (String file : sources("main")) {
      String text = patched.containsKey(file) ? patched.get(file) : today(file);
      if (patched.containsKey(file) || (isOnClassPath(file) && changed.matcher(text).find())) {
        sources.put(file, text);
      }
    }
    patched.forEach(
        (file, text) -> {
          if (file.contains("/src/main/") || tests.contains(file)) {
            sources.put(file, text);
          }
        });
    sources.keySet().removeIf(file -> file.endsWith("-info.java"));
    return sources;
  }

  /** Modules that the command line does not use are not there. */
  private static boolean isOnClassPath(String source) {
    String name = source.replaceAll(".*/src/main/java/|\\.java", "") + ".class";
    return AdditionsTest.class.getClassLoader().getResource(name) != null;
  }

  private Stream<DynamicTest> testsOf(PatchedClasses classes, String file) {
    String name = file.replaceAll(".*/src/test/java/|\\.java", "").replace('/', '.');
    List<DynamicTest> tests = new ArrayList<>();
    try {
      Class<?> type = classes.loadClass(name);
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          tests.add(dynamicTest(type.getSimpleName() + "." + method.getName(), () -> run(method)));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    assertFalse(tests.isEmpty(), () -> file + " has no test");
    return tests.stream();
  }

  private void run(Method test) throws ReflectiveOperationException {
    Constructor<?> constructor = test.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    for (Field field : test.getDeclaringClass().getDeclaredFields()) {
      if (field.isAnnotationPresent(TempDir.class)) {
        field.setAccessible(true);
        field.set(instance, folder);
      }
    }
    test.setAccessible(true);
    test.invoke(instance);
  }

  @Test
  void aHunkAppliesWhereItsOldLinesStandAndNowhereElse() {
    UnifiedDiff diff =
        UnifiedDiff.parse("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n three\n");
    assertEquals(Map.of("x", "zero\none\n2\nthree\n"), diff.apply(_ -> "zero\none\ntwo\nthree\n"));
    for (String text : List.of("one\ntoo\nthree\n", "one\ntwo\nthree\none\ntwo\nthree\n")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> diff.apply(_ -> text)).getMessage();
      assertTrue(message.startsWith("x ") && message.endsWith("one\ntwo\nthree"), message);
    }
  }
}
