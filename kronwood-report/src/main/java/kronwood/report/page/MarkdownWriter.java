package kronwood.report.page;

import java.util.List;

/** Writes a report as Markdown: figures become their findings and tables. */
final class MarkdownWriter {
  /** Longer tables of figures are left to the page. */
  private static final int MOST_ROWS = 40;

  private MarkdownWriter() {}

  static String write(Document document) {
    StringBuilder to = new StringBuilder("# " + escaped(document.title()) + "\n\n");
    to.append(escaped(document.summary())).append('\n');
    for (Section section : document.sections()) {
      to.append("\n## ").append(escaped(section.title())).append('\n');
      section.parts().forEach(part -> add(to, part));
    }
    return to.toString();
  }

  private static void add(StringBuilder to, Part part) {
    to.append('\n');
    switch (part) {
      case Paragraph paragraph -> to.append(escaped(paragraph.text())).append('\n');
      case Listing listing -> to.append("```\n").append(listing.text()).append("\n```\n");
      case Table table -> add(to, table);
      case Figure figure -> {
        to.append(escaped(figure.finding())).append('\n');
        if (figure.numbers().rows().size() <= MOST_ROWS) {
          to.append('\n');
          add(to, figure.numbers());
        }
      }
    }
  }

  private static void add(StringBuilder to, Table table) {
    row(to, table.columns());
    to.append('|');
    for (int c = 0; c < table.columns().size(); c++) {
      int column = c;
      boolean numeric = table.rows().stream().anyMatch(row -> row.get(column).numeric());
      to.append(numeric ? "--:|" : "---|");
    }
    to.append('\n');
    table.rows().forEach(row -> row(to, row.stream().map(Cell::text).toList()));
  }

  private static void row(StringBuilder to, List<String> cells) {
    to.append('|');
    cells.forEach(cell -> to.append(' ').append(escaped(cell)).append(" |"));
    to.append('\n');
  }

  /** Names of entities must not become links, tags or columns. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("[", "\\[")
        .replace("`", "\\`")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replaceAll("[\\r\\n]+", " ");
  }
}
