package kronwood.cli.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RoffTest {
  @Test
  void whatManWouldObeyIsShown() {
    String text = new Roff().text(".TH a\\b\n'quoted' -x ~ ^ `c`\n…").toString();
    assertEquals(
        "\\&.TH a\\(rsb\n\\(aqquoted\\(aq \\-x \\(ti \\(ha \\(gac\\(ga\n\\[u2026]\n", text);
  }

  @Test
  void argumentsOfAMacroAreInQuotes() {
    assertEquals(".SH \"A \\(dqB\\(dq\" \"\"\n", new Roff().macro("SH", "A \"B\"", "").toString());
  }
}
