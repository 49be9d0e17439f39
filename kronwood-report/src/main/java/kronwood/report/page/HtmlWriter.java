package kronwood.report.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Writes a report as one HTML page.
 *
 * <p>The page has a style sheet of its own for light, dark and print. It can be read without that
 * too: colours of charts are attributes of the SVG, so that a content security policy that forbids
 * styles only costs the layout. Each number of a table is a {@code <data>} element whose {@code
 * value} has all digits. Each table can be saved as CSV and each chart as SVG, by links that hold
 * the file. If that makes the page longer than {@value #MOST_BYTES} bytes, links are left out,
 * those of charts first, and then the longest tables of numbers.
 */
final class HtmlWriter {
  /** Longest page in bytes. */
  static final int MOST_BYTES = 1_000_000;

  private static final int MOST_SVG_TO_SAVE = 60_000;

  /** Rows of a table in a page that is made again and again. */
  private static final int MOST_LIVE_ROWS = 500;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--line:#d0d7de;--fill:#f3f5f7;--link:#0b5cad}
      @media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#a5afba;--paper:#15181c;--line:#3a424c;--fill:#1f242a;--link:#7ab7f5}}
      body{margin:0 auto;max-width:62rem;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
      h1{font-size:1.7rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2.2rem 0 .5rem;border-bottom:1px solid var(--line)}
      a{color:var(--link)}a:focus-visible,summary:focus-visible,div:focus-visible{outline:3px solid var(--link)}
      nav ul{columns:16rem;padding-left:1.2rem}
      figure{margin:1rem 0}figcaption{font-weight:600}figure p{margin:.1rem 0 .3rem;color:var(--soft)}
      svg{max-width:100%;height:auto;display:block}
      table{border-collapse:collapse;margin:.5rem 0;font-size:.9rem;font-variant-numeric:tabular-nums}
      caption{text-align:left;color:var(--soft);padding:.2rem 0}
      th,td{padding:.15rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:break-word}
      th{background:var(--fill);overflow-wrap:normal}.n{text-align:right;white-space:nowrap}
      .scroll{overflow-x:auto;max-width:100%}details .scroll{max-height:24rem;overflow-y:auto}
      pre{background:var(--fill);padding:.7rem;white-space:pre-wrap;overflow-wrap:anywhere}
      details{margin:.3rem 0}summary{cursor:pointer;color:var(--link)}footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
      @media print{:root{--ink:#000;--soft:#333;--paper:#fff;--line:#999;--fill:#eee;--link:#000}
      body{max-width:none;font-size:11pt}nav,.save{display:none}figure,tr{break-inside:avoid}h2{break-after:avoid}
      .scroll,details .scroll{max-height:none;overflow:visible}}
      """;

  private final Document document;
  private StringBuilder to = new StringBuilder();
  private int figures;
  private boolean savesCharts = true;
  private boolean savesTables = true;
  private int mostRows = Integer.MAX_VALUE;

  /** Whether the last rows of a table that is too long are kept, rather than the first. */
  private boolean keepsLast;

  HtmlWriter(Document document) {
    this.document = document;
  }

  String write() {
    String page = page();
    savesCharts = page.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    page = savesCharts ? page : page();
    savesTables = page.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    page = savesTables ? page : page();
    for (int rows = 2000;
        rows >= 10 && page.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES; ) {
      mostRows = rows;
      page = page();
      rows /= 4;
    }
    return page;
  }

  /** One section without links to save it, and with the last rows of long tables only. */
  String fragment(Section section) {
    mostRows = MOST_LIVE_ROWS;
    keepsLast = true;
    savesCharts = false;
    savesTables = false;
    to.append("<h2 id=\"").append(section.id()).append("-title\">");
    to.append(Escape.markup(section.title())).append("</h2>\n");
    section.parts().forEach(part -> add(part, section.id()));
    return to.toString();
  }

  private String page() {
    to = new StringBuilder(1 << 16);
    figures = 0;
    to.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    to.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    to.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    to.append("<meta name=\"generator\" content=\"Kronwood\">\n");
    // The page says itself that it runs no script and asks nobody for anything.
    to.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    to.append("style-src 'unsafe-inline'; img-src data:\">\n");
    element("title", document.title());
    to.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<header>\n");
    element("h1", document.title());
    element("p", document.summary());
    to.append("</header>\n<nav aria-label=\"Sections\">\n<ul>\n");
    for (Section section : document.sections()) {
      to.append("<li><a href=\"#").append(section.id()).append("\">");
      to.append(Escape.markup(section.title())).append("</a></li>\n");
    }
    to.append("</ul>\n</nav>\n<main>\n");
    for (Section section : document.sections()) {
      to.append("<section id=\"").append(section.id()).append("\">\n");
      element("h2", section.title());
      section.parts().forEach(part -> add(part, section.id()));
      to.append("</section>\n");
    }
    to.append("</main>\n<footer>Made by Kronwood. All numbers are in this file; it needs no")
        .append(" network.</footer>\n</body>\n</html>\n");
    return to.toString();
  }

  private void add(Part part, String section) {
    switch (part) {
      case Paragraph paragraph -> element("p", paragraph.text());
      case Listing listing -> element("pre", listing.text());
      case Table table -> {
        add(table, false);
        save(table, section + "-" + ++figures);
      }
      case Figure figure -> add(figure, section + "-" + ++figures);
    }
  }

  private void add(Figure figure, String name) {
    to.append("<figure>\n");
    element("figcaption", figure.title());
    element("p", figure.finding());
    to.append(figure.svg()).append('\n');
    if (savesCharts && figure.svg().length() <= MOST_SVG_TO_SAVE) {
      link("image/svg+xml", figure.svg(), name + ".svg", "Save this chart as SVG");
    }
    to.append("<details>\n");
    element("summary", "Numbers: " + figure.title());
    add(figure.numbers(), true);
    to.append("</details>\n");
    save(figure.numbers(), name);
    to.append("</figure>\n");
  }

  private void save(Table table, String name) {
    if (savesTables) {
      link("text/csv", table.csv(), name + ".csv", "Save these numbers as CSV");
    }
  }

  private void link(String type, String content, String file, String words) {
    to.append("<a class=\"save\" download=\"").append(file).append("\" href=\"data:").append(type);
    to.append(";base64,");
    to.append(Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)));
    to.append("\" aria-label=\"").append(words).append(": ").append(file).append("\">");
    to.append(file).append("</a>\n");
  }

  private void add(Table table, boolean folded) {
    to.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    to.append(Escape.markup(table.caption())).append(folded ? ", numbers" : "");
    to.append(" ").append(figures).append("\">\n<table>\n");
    element("caption", table.caption());
    to.append("<thead><tr>");
    for (int c = 0; c < table.columns().size(); c++) {
      int column = c;
      boolean numeric = table.rows().stream().anyMatch(row -> row.get(column).numeric());
      to.append("<th scope=\"col\"").append(numeric ? " class=\"n\">" : ">");
      to.append(Escape.markup(table.columns().get(c))).append("</th>");
    }
    to.append("</tr></thead>\n<tbody>\n");
    int leftOut = Math.max(0, table.rows().size() - mostRows);
    int from = keepsLast ? leftOut : 0;
    table.rows().subList(from, table.rows().size() - leftOut + from).forEach(this::row);
    to.append("</tbody>\n</table>\n</div>\n");
    if (leftOut > 0) {
      String which = keepsLast ? "Rows before the last " : "Rows after the first ";
      element("p", which + mostRows + " are left out to keep the page small.");
    }
  }

  private void row(List<Cell> cells) {
    to.append("<tr>");
    for (Cell cell : cells) {
      if (!cell.numeric()) {
        to.append("<td>").append(Escape.markup(cell.text())).append("</td>");
      } else if (cell.text().equals(cell.plain()) || cell.plain().isEmpty()) {
        to.append("<td class=\"n\">").append(Escape.markup(cell.text())).append("</td>");
      } else {
        to.append("<td class=\"n\"><data value=\"").append(cell.plain()).append("\">");
        to.append(Escape.markup(cell.text())).append("</data></td>");
      }
    }
    to.append("</tr>\n");
  }

  private void element(String tag, String text) {
    to.append('<').append(tag).append('>').append(Escape.markup(text));
    to.append("</").append(tag).append(">\n");
  }
}
