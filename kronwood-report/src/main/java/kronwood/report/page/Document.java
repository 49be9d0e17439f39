package kronwood.report.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;

/**
 * A whole report.
 *
 * @param title its heading
 * @param summary a sentence or two that say the most important thing
 * @param sections its sections, in order
 */
public record Document(String title, String summary, List<Section> sections) {
  /** Copies the list. */
  public Document {
    sections = List.copyOf(sections);
  }

  /**
   * One HTML page of at most {@value HtmlWriter#MOST_BYTES} bytes (see {@link HtmlWriter}). It
   * needs no script and requests nothing. Charts are SVG, each with its numbers in a table that can
   * be opened below it.
   */
  public String html() {
    return new HtmlWriter(this).write();
  }

  /** The same as Markdown, with tables in place of charts. */
  public String markdown() {
    return MarkdownWriter.write(this);
  }

  /**
   * Saves the page. The file appears, or is replaced, in one step.
   *
   * @throws InputException if the file cannot be written
   */
  public void saveHtml(Path file) {
    save(html(), file);
  }

  /**
   * Saves the Markdown. The file appears, or is replaced, in one step.
   *
   * @throws InputException if the file cannot be written
   */
  public void saveMarkdown(Path file) {
    save(markdown(), file);
  }

  private static void save(String text, Path file) {
    try {
      AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new InputException(file + " cannot be written: " + AtomicFile.reason(e), e);
    }
  }
}
