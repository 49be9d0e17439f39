package kronwood.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsArePaddedAndNumbersStandToTheRight() {
    Table table = new Table("name", ">n");
    table.add("a", "1");
    table.add("longer", "1000");
    assertEquals(
        List.of("| name   |    n |", "| ------ | ---: |", "| a      |    1 |", "| longer | 1000 |"),
        table.lines());
  }

  @Test
  void smallRatiosKeepTheirDigits() {
    assertEquals("0.0061", Table.ratio(0.00612));
    assertEquals("1.00", Table.ratio(1));
    assertEquals("17.7", Table.ratio(17.67));
  }

  @Test
  void aRowNeedsAsManyCellsAsThereAreColumns() {
    assertThrows(IllegalArgumentException.class, () -> new Table("a", "b").add("1"));
  }
}
