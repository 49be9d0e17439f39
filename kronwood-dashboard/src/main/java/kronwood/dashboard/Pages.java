package kronwood.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import kronwood.report.page.Escape;

/** The page, its script and its style. They load nothing else. */
final class Pages {
  /** Nothing from another host, no script or style within the page; an icon that is empty. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final byte[] page;
  private final byte[] script = load("page.js").getBytes(StandardCharsets.UTF_8);
  private final byte[] style = load("page.css").getBytes(StandardCharsets.UTF_8);

  Pages(String title) {
    this.page =
        load("page.html").replace("@TITLE@", Escape.markup(title)).getBytes(StandardCharsets.UTF_8);
  }

  byte[] page() {
    return page;
  }

  byte[] script() {
    return script;
  }

  byte[] style() {
    return style;
  }

  private static String load(String name) {
    try (InputStream in = Pages.class.getResourceAsStream("/kronwood/dashboard/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
