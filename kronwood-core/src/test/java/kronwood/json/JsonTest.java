package kronwood.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {
  /** The independent opinion. */
  private static final JsonMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Test
  void readsEveryKindOfValue() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("b", List.of(1L, -2L, 0.5, "x"));
    expected.put("a", Map.of());
    expected.put("", List.of());
    expected.put("t", true);
    expected.put("f", false);
    expected.put("n", null);
    Object found =
        Json.read(
            " {\"b\" : [1, -2,\t5e-1,\"x\"] ,\n\"a\":{ },\r\"\":[ ],\"t\":true,\"f\":false,"
                + "\"n\":null} ");
    assertEquals(expected, found);
    Map<?, ?> object = assertInstanceOf(Map.class, found);
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(object.keySet()));
  }

  @Test
  void readsEveryEscape() {
    assertEquals(
        "\"\\/\b\f\n\r\t\u0000é€😀 é€😀\u007f\u2028",
        Json.read(
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\u20AC\\uD83d\\uDe00 é€😀\u007f\u2028\""));
  }

  @Test
  void writesEveryKindOfValueOnOneLine() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("z\n", Arrays.asList(1L, null, true, false, -0.0, 1e-300));
    value.put("a", Map.of("", List.of()));
    assertEquals("{\"z\\n\":[1,null,true,false,-0.0,1.0E-300],\"a\":{\"\":[]}}", Json.write(value));
  }

  @Test
  void writesWhatMustBeEscapedAndNothingElse() {
    assertEquals(
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001fé😀\u007f\"",
        Json.write("\"\\/\b\f\n\r\t\u0000\u001fé😀\u007f"));
  }

  @Test
  void wholeNumbersThatFitAreLongs() {
    assertEquals(Long.MAX_VALUE, Json.read("9223372036854775807"));
    assertEquals(Long.MIN_VALUE, Json.read("-9223372036854775808"));
    assertEquals(0L, Json.read("-0"));
    assertEquals(0x1p63, Json.read("9223372036854775808"));
    assertEquals(1e30, Json.read("1" + "0".repeat(30)));
    assertEquals(1.0, Json.read("1.0"));
    assertEquals(100.0, Json.read("1E+2"));
    assertEquals(-0.0, Json.read("-0.0"));
    assertEquals(0.0, Json.read("1e-999999999999"));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.1, -1.0 / 3, Double.MIN_VALUE, Double.MAX_VALUE, 1e21, 1e-7, 123456789012.0})
  void doublesSurviveUnchanged(double value) {
    assertEquals(value, Json.read(Json.write(value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                  | 1  | the text ends",
        "~ ~                 | 2  | the text ends",
        "1 2                 | 3  | found '2', expected the end",
        "[1,]                | 4  | found ']', expected a value",
        "[1 2]               | 4  | found '2', expected ',' or ']'",
        "[1                  | 3  | the text ends, expected ',' or ']'",
        "[1}                 | 3  | found '}'",
        "{\"a\" 1}           | 6  | expected ':'",
        "{\"a\":1,}          | 8  | expected a key in quotes",
        "{a:1}               | 2  | expected a key in quotes",
        "{1:1}               | 2  | expected a key in quotes",
        "{\"a\":1 \"b\":2}   | 8  | expected ',' or '}'",
        "{\"a\":1,\"\\u0061\":2} | 8  | the key \"a\" occurs twice",
        "nul                 | 1  | expected a value",
        "True                | 1  | expected a value",
        "NaN                 | 1  | expected a value",
        "Infinity            | 1  | expected a value",
        "+1                  | 1  | expected a value",
        ".5                  | 1  | expected a value",
        "01                  | 2  | expected the end",
        "1.                  | 3  | expected a digit",
        "-                   | 2  | expected a digit",
        "1e                  | 3  | expected a digit",
        "1e+                 | 4  | expected a digit",
        "0x10                | 2  | expected the end",
        "1e400               | 1  | too large",
        "'a'                 | 1  | expected a value",
        "\"a                 | 1  | does not end",
        "\"a\\               | 4  | after '\\'",
        "\"\\x41\"           | 3  | after '\\'",
        "\"\\u12g4\"         | 6  | four hexadecimal digits",
        "\"\\u١٢٣٤\"         | 4  | four hexadecimal digits",
        "[\"\\ud800\"]       | 2  | half a surrogate pair",
        "[\"\\udc00\\ud800\"] | 2 | half a surrogate pair",
        "// a                | 1  | expected a value",
        "\u00a01             | 1  | found U+00A0",
        "\ufeff1             | 1  | found U+FEFF"
      })
  void refusesWhatIsNotJsonNamingThePosition(String text, int position, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Json.read(text));
    assertTrue(e.getMessage().contains(" at character " + position + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void refusesControlCharactersInStrings() {
    for (char c = 0; c < ' '; c++) {
      String text = "\"" + c + "\"";
      assertThrows(IllegalArgumentException.class, () -> Json.read(text));
    }
  }

  @Test
  void nestsToTheLimitAndNoFurther() {
    String deepest = "[".repeat(64) + "]".repeat(64);
    assertEquals(deepest, Json.write(Json.read(deepest)));
    assertThrows(IllegalArgumentException.class, () -> Json.read("[" + deepest + "]"));
    List<?> tooDeep = List.of(assertInstanceOf(List.class, Json.read(deepest)));
    assertThrows(IllegalArgumentException.class, () -> Json.write(tooDeep));
    assertThrows(IllegalArgumentException.class, () -> Json.read("[".repeat(10_000_000)));
    assertThrows(IllegalArgumentException.class, () -> Json.read("{\"\":".repeat(1_000_000)));
  }

  @Test
  void siblingsDoNotCountAsNesting() {
    String siblings = "[" + "[],{},".repeat(1000) + "[]]";
    assertEquals(siblings, Json.write(Json.read(siblings)));
  }

  @Test
  void refusesToWriteWhatJsonCannotHold() {
    for (Object value :
        new Object[] {
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          "\ud800",
          "a\udc00\ud800",
          Map.of(1L, 2L),
          'c',
          1,
          new int[0]
        }) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Json.write(Collections.singletonList(value)),
          () -> "wrote " + value);
    }
  }

  @Test
  void emptyTextIsWrittenAndNullIsRead() {
    assertEquals("\"\"", Json.write(""));
    assertNull(Json.read("null"));
    assertEquals("null", Json.write(null));
  }

  @TestFactory
  Stream<DynamicTest> readsAndWritesWhatJacksonDoes() {
    return Seeds.runs(
        200,
        random -> {
          Object value = randomValue(random, 4);
          String ours = Json.write(value);
          assertEquals(value, Json.read(ours));
          assertEquals(value, widen(JACKSON.readValue(ours, Object.class)), ours);
          String theirs =
              random.nextBoolean()
                  ? JACKSON.writeValueAsString(value)
                  : JACKSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
          assertEquals(value, Json.read(theirs), theirs);
        });
  }

  @TestFactory
  Stream<DynamicTest> acceptsOfDamagedTextsThoseThatJacksonAccepts() {
    return Seeds.runs(
        300,
        random -> {
          StringBuilder text = new StringBuilder(Json.write(randomValue(random, 3)));
          String alphabet = "{}[]\",:\\u0019.eE+-tfn \n\u0001é";
          for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
            int at = random.nextInt(text.length() + 1);
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            if (random.nextBoolean() || at == text.length()) {
              text.insert(at, c);
            } else if (random.nextBoolean()) {
              text.setCharAt(at, c);
            } else if (text.length() > 1) {
              text.deleteCharAt(at);
            }
          }
          compareWithJackson(text.toString());
        });
  }

  private static void compareWithJackson(String text) {
    Object theirs;
    try {
      theirs = widen(JACKSON.readValue(text, Object.class));
    } catch (JacksonException e) {
      assertThrows(IllegalArgumentException.class, () -> Json.read(text), text);
      return;
    }
    try {
      assertEquals(theirs, Json.read(text), text);
    } catch (IllegalArgumentException e) {
      // Stricter on purpose: halves of surrogate pairs, and numbers beyond the range of double.
      assertTrue(
          e.getMessage().contains("surrogate") || e.getMessage().contains("too large"),
          () -> e.getMessage() + " in " + text);
    }
  }

  private static Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
      case 4 -> (double) random.nextInt(-1000, 1000);
      case 5, 6 -> randomText(random);
      case 7 -> {
        List<Object> array = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          array.add(randomValue(random, depth - 1));
        }
        yield array;
      }
      default -> {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          object.put(randomText(random), randomValue(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int c = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }

  /** Jackson's smallest fitting number types as ours. */
  private static Object widen(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case BigInteger number -> number.doubleValue();
      case List<?> array -> {
        List<Object> wide = new ArrayList<>();
        array.forEach(element -> wide.add(widen(element)));
        yield wide;
      }
      case Map<?, ?> object -> {
        Map<Object, Object> wide = new LinkedHashMap<>();
        object.forEach((key, element) -> wide.put(key, widen(element)));
        yield wide;
      }
      case null, default -> value;
    };
  }
}
