package kronwood.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import kronwood.bench.compare.CompareOptions.Case;
import org.junit.jupiter.api.Test;

class CompareOptionsTest {
  @Test
  void withoutOptionsAllCasesRunFiveTimes() {
    CompareOptions options = CompareOptions.parse(List.of());
    assertEquals(List.of(Case.DIMENSION, Case.ENGINES, Case.WIDTH, Case.DAVIS), options.cases());
    assertEquals(5, options.repeats());
  }

  @Test
  void valuesFollowTheirOptionOrAnEqualsSign() {
    assertEquals(
        new CompareOptions(
            List.of(Case.WIDTH, Case.DIMENSION), 3, -7, true, Path.of("a"), Path.of("b=c")),
        CompareOptions.parse(
            List.of(
                "--cases=width,dimension,width",
                "--repeats",
                "3",
                "--seed=-7",
                "--quick",
                "--digits",
                "a",
                "--davis=b=c")));
  }

  @Test
  void wrongOptionsAreNamed() {
    assertMessage(
        "unknown case 'widths', expected one or several of dimension,engines,width,davis",
        "--cases=widths");
    assertMessage("option --repeats has the value 'x', expected a whole number", "--repeats", "x");
    assertMessage("option --repeats is 0, expected 1 to 1000", "--repeats=0");
    assertMessage("option --seed needs a value", "--seed");
    assertMessage(
        "unknown option 'width', expected --cases, --repeats, --seed, --quick, --digits or --davis",
        "width");
  }

  private static void assertMessage(String message, String... args) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> CompareOptions.parse(List.of(args)));
    assertEquals(message, e.getMessage());
  }
}
