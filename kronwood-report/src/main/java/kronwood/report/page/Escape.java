package kronwood.report.page;

/** Text that is safe in HTML, SVG and their attributes. */
public final class Escape {
  private Escape() {}

  /** Replaces what has a meaning in mark-up, and control characters, which XML cannot hold. */
  public static String markup(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.append((char) c);
                default -> {
                  boolean allowed =
                      c >= 0x20
                          && !(c >= 0x7f && c < 0xa0)
                          && !(c >= 0xd800 && c < 0xe000)
                          && !(c >= 0x202a && c <= 0x202e)
                          && !(c >= 0x2066 && c <= 0x2069)
                          && (c & 0xfffe) != 0xfffe;
                  escaped.appendCodePoint(allowed ? c : 0xfffd);
                }
              }
            });
    return escaped.toString();
  }
}
