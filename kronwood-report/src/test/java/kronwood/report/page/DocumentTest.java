package kronwood.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final String HOSTILE = "<script>alert(1)</script>\" onload='x'\u0000\u202e|*";

  private static Document of(Part... parts) {
    return new Document(HOSTILE, HOSTILE, List.of(new Section("one", HOSTILE, List.of(parts))));
  }

  @Test
  void textsOfStrangersAreNoMarkup() {
    Table table = new Table(HOSTILE, List.of(HOSTILE), List.of(List.of(Cell.of(HOSTILE))));
    String page =
        of(
                new Paragraph(HOSTILE),
                new Listing(HOSTILE),
                table,
                new Figure(HOSTILE, HOSTILE, "<svg></svg>", table))
            .html();
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("onload='"), page);
    assertTrue(page.chars().noneMatch(c -> c == 0 || c == 0x202e), "control characters");
    assertFalse(of(table).markdown().contains("<script"));
  }

  @Test
  void csvHasAllDigitsAndQuotesWhatNeedsThem() {
    Table table =
        new Table(
            "",
            List.of("name", "a,b"),
            List.of(
                List.of(Cell.of("x \"y\", z"), Cell.of(1 / 3.0)),
                List.of(Cell.of("n"), Cell.of(Double.NaN)),
                List.of(Cell.of("k"), Cell.of(12345L))));
    assertEquals("name,\"a,b\"\n\"x \"\"y\"\", z\",0.3333333333333333\nn,\nk,12345\n", table.csv());
  }

  @Test
  void aNumberOfThePageHasAllDigits() {
    Table table = new Table("", List.of("v"), List.of(List.of(Cell.of(2 / 3.0))));
    assertTrue(of(table).html().contains("<data value=\"0.6666666666666666\">0.6667</data>"));
  }

  @Test
  void aPageIsNeverLongerThanAMillionBytes() {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(List.of(Cell.of("entity number " + i), Cell.of(Math.sqrt(i))));
    }
    Table table = new Table("long", List.of("name", "value"), rows);
    String page = of(table, table, new Figure("f", "g", "<svg></svg>", table)).html();
    assertTrue(page.getBytes(StandardCharsets.UTF_8).length <= 1_000_000);
    assertTrue(page.contains("entity number 5<"), "the first rows are kept");
    assertTrue(page.contains("are left out to keep the page small"));
  }

  @Test
  void aSectionThatIsMadeAgainAndAgainHasTheLastRows() {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      rows.add(List.of(Cell.of("row " + i)));
    }
    Table whole = new Table("t", List.of("name"), rows.subList(1, 501));
    String all = new Section("s", "S", List.of(whole)).html();
    assertTrue(all.contains("<td>row 1</td>") && all.contains("<td>row 500</td>"), all);
    assertFalse(all.contains("left out"), all);
    String last = new Section("s", "S", List.of(new Table("t", List.of("name"), rows))).html();
    assertFalse(last.contains("<td>row 0</td>"), last);
    assertTrue(last.contains("<td>row 1</td>") && last.contains("<td>row 500</td>"), last);
    assertTrue(last.contains("Rows before the last 500 are left out"), last);
  }

  @Test
  void markdownHasTheTablesOfFigures() {
    Table table =
        new Table("t", List.of("name", "v"), List.of(List.of(Cell.of("a_b"), Cell.of(1L))));
    String text = of(new Figure("f", "It rises.", "<svg></svg>", table)).markdown();
    assertTrue(text.contains("It rises."), text);
    assertTrue(text.contains("| name | v |\n|---|--:|\n| a\\_b | 1 |"), text);
  }
}
