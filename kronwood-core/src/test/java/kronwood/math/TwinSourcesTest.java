package kronwood.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Classes that exist once in single and once in double precision do the same: their sources are
 * equal, statement by statement, once the names of types are. Generics cannot stand for primitive
 * types, and kernels that could take either would not be compiled as well.
 *
 * <p>What may differ: casts to {@code float}, the words and names in {@link #NAMES}, and methods
 * that {@link #ONLY_IN_DOUBLE} lists.
 */
class TwinSourcesTest {
  private static final Path SOURCES = Path.of("src/main/java/kronwood");

  /** What is called one way in single and another in double precision. */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("\\(float\\) ?", ""),
          Map.entry("Float", "Double"),
          Map.entry("float", "double"),
          Map.entry("FLOATS", "DOUBLES"),
          Map.entry("int\\[\\] (LOW|HIGH) = new int", "long[] $1 = new long"),
          Map.entry("IntVector", "LongVector"),
          Map.entry("Integer>", "Long>"),
          Map.entry("INTS", "LONGS"),
          Map.entry("AsInts", "AsLongs"),
          Map.entry("SINGLE", "DOUBLE"),
          Map.entry("single precision", "double precision"),
          Map.entry("\\b(\\d+(?:\\.\\d+)?)f\\b", "$1"));

  /** By class the methods that only the one of double precision has, by how they begin. */
  private static final Map<String, String> ONLY_IN_DOUBLE =
      Map.of(
          "math/kernel/Vector#Rows",
          "/** Adds eight scaled rows to out, loading and storing out once.");

  /** {@code #} stands for the precision. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "math/#Array",
        "math/kernel/Vector#Panels",
        "math/kernel/Vector#Strips",
        "math/kernel/Vector#Products",
        "math/kernel/Vector#Rows",
        "state/#Panels",
        "state/#Writes"
      })
  void theTwinsAreEqual(String twins) throws IOException {
    String found = source(twins.replace("#", "Float"));
    String expected = source(twins.replace("#", "Double"));
    if (ONLY_IN_DOUBLE.containsKey(twins)) {
      expected = without(ONLY_IN_DOUBLE.get(twins), expected);
    }
    assertEqual(statements(expected), statements(inDouble(found)), twins);
  }

  private static void assertEqual(List<String> expected, List<String> found, String twins) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      assertEquals(expected.get(i), found.get(i), twins + " in double and in single precision");
    }
    assertEquals(expected.size(), found.size(), "statements of " + twins);
  }

  @Test
  void aTwinThatIsChangedAloneIsFound() {
    String expected = "/** In double precision. */ double sum(double[] x) { return 2 * x[0]; }";
    String found =
        "/** In single precision. */\nfloat sum(\n    float[] x) {\n return 2f * x[0];\n}";
    assertEquals(statements(expected), statements(inDouble(found)));
    for (String change : List.of("x[1]", "-x[0]", "x[0] + 1")) {
      assertNotEquals(statements(expected), statements(inDouble(found.replace("x[0]", change))));
    }
  }

  private static String source(String twin) throws IOException {
    return Files.readString(SOURCES.resolve(twin + ".java"));
  }

  private static String inDouble(String source) {
    String replaced = source;
    for (Map.Entry<String, String> name : NAMES) {
      replaced = replaced.replaceAll(name.getKey(), name.getValue());
    }
    return replaced;
  }

  /** Without the method that begins so, up to the brace that closes it. */
  private static String without(String beginning, String source) {
    int from = source.indexOf(beginning);
    assertTrue(from >= 0, () -> "there is no method '" + beginning + "'");
    int open = 0;
    int at = source.indexOf("*/", from);
    do {
      at++;
      open += source.charAt(at) == '{' ? 1 : source.charAt(at) == '}' ? -1 : 0;
    } while (open > 0 || source.charAt(at) != '}');
    return source.substring(0, from) + source.substring(at + 1);
  }

  /** A statement or comment a line, however the formatter has broken it. */
  private static List<String> statements(String source) {
    String joined =
        source
            .replaceAll("\\n\\s*\\*(?!/) ?", " ")
            .replaceAll("\\s+", " ")
            .replaceAll("(?<=[(\\[]) | (?=[)\\]])", "");
    return List.of(joined.split("(?<=[;{}]|\\*/) ?"));
  }
}
