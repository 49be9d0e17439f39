package kronwood.report.page;

import java.util.List;

/**
 * A section of a report.
 *
 * @param id name for links, letters and hyphens
 * @param title its heading
 * @param parts what it holds, in order
 */
public record Section(String id, String title, List<Part> parts) {
  /** Copies the list. */
  public Section {
    parts = List.copyOf(parts);
  }

  /**
   * The heading and the parts as HTML, to be put into a page of somebody else's: as in {@link
   * Document#html}, without links to save charts and tables, and with the last rows only of tables
   * that are long. The heading has the id {@code ID-title}.
   */
  public String html() {
    return new HtmlWriter(new Document(title, "", List.of(this))).fragment(this);
  }
}
