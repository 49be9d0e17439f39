package kronwood.cli.manual;

/** Text for {@code man}: the macros of man(7), one per line, and text that holds none. */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  /** A macro with arguments, which are put in quotes. */
  Roff macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
    return this;
  }

  /** A request of roff itself, which knows no quotes. */
  Roff request(String words) {
    page.append('.').append(words).append('\n');
    return this;
  }

  /** Lines of text, which {@code man} fills unless a macro forbids it. */
  Roff text(String text) {
    text.lines().forEach(line -> line(escaped(line)));
    return this;
  }

  /** One line of text that may hold {@linkplain #bold marks}. */
  Roff marked(String line) {
    line(line);
    return this;
  }

  private void line(String escaped) {
    boolean control = escaped.startsWith(".") || escaped.startsWith("'");
    page.append(control ? "\\&" : "").append(escaped).append('\n');
  }

  static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /**
   * Text as it is to be seen. A hyphen is one that can be searched for and copied; what is not
   * ASCII is named, so that it does not depend on the encoding that {@code man} expects.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\(rs");
                case '-' -> escaped.append("\\-");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                case '`' -> escaped.append("\\(ga");
                case '\'' -> escaped.append("\\(aq");
                default -> {
                  if (c < 0x80) {
                    escaped.append((char) c);
                  } else {
                    escaped.append("\\[u%04X]".formatted(c));
                  }
                }
              }
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
