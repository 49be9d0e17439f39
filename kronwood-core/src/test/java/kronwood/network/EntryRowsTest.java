package kronwood.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kronwood.math.Precision;
import kronwood.math.RealArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 128, 512, 4096, 40_000, 65_536})
  void arraysAreSmallerThanHalfARegionOfTheCollector(int stride) {
    EntryRows rows = EntryRows.of(stride);
    assertTrue(4L * rows.numbers() <= 1 << 18, () -> rows.numbers() + " numbers");
    // More than half of that, so that there are not many more arrays than must be.
    assertTrue(stride > 32_768 || 4L * rows.numbers() > 1 << 17, () -> rows.numbers() + " numbers");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 128, 100_000})
  void everyRowHasAPlaceOfItsOwn(int stride) {
    EntryRows rows = EntryRows.of(stride);
    int count = 2 * rows.rows() + 1;
    RealArray[] arrays = rows.empty(count, Precision.SINGLE);
    rows.grow(arrays, count);
    assertEquals(3, arrays.length);
    int end = 0;
    int array = 0;
    for (int row = 0; row < count; row++) {
      if (rows.array(row) != array) {
        array++;
        end = 0;
      }
      assertEquals(array, rows.array(row));
      assertEquals(end, rows.offset(row));
      end += stride;
      assertTrue(end <= arrays[array].length());
    }
  }
}
