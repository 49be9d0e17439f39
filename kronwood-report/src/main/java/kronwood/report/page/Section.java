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
}
