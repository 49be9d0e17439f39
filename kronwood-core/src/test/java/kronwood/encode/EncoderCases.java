package kronwood.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.Features;
import kronwood.testing.Problems;

/** What the tests of encoders share. */
final class EncoderCases {
  private EncoderCases() {}

  /** One column of cells. */
  static Cells column(String... cells) {
    return Cells.of(1, Arrays.asList(cells));
  }

  /** A type with the names and values of its options. */
  static Encoding encoding(String type, String... options) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new Encoding(type, all);
  }

  /** Fits to all rows. */
  static Encoder fit(Encoding encoding, Cells cells) {
    return Encoders.fit(encoding, cells, Problems.range(0, cells.entities()));
  }

  /** Features of rows, row-major. */
  static double[] encode(Encoder encoder, String... cells) {
    return Problems.toArray(encoder.encode(Cells.of(encoder.columns(), Arrays.asList(cells))));
  }

  /** Asserts that an encoder with its state makes the same features of cells. */
  static void assertRestored(Encoder encoder, Cells cells) {
    Encoder restored = Encoders.restore(encoder.state());
    Features expected = encoder.encode(cells);
    Features found = restored.encode(cells);
    assertEquals(expected.columns(), found.columns());
    assertArrayEquals(Problems.toArray(expected), Problems.toArray(found));
    assertEquals(encoder.description(), restored.description());
  }
}
