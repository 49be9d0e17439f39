package kronwood.export;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of texts as JSON, for facts that a format keeps as one text. */
final class JsonText {
  private JsonText() {}

  /** Such as {@code ["left","right"]}. */
  static String list(List<String> texts) {
    return texts.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
