package kronwood.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A command as it is typed: words with quotes taken off, and from the first {@code |} or {@code >}
 * on the rest as it stands. Nothing else that a shell does is understood.
 *
 * @param words program and arguments
 * @param rest empty, or what happens to the output
 * @param text the whole of it
 */
record ShellCommand(List<String> words, String rest, String text) {

  /** The commands of a fence, one a line or, after a backslash, over several lines. */
  static List<ShellCommand> of(List<String> lines) {
    List<ShellCommand> commands = new ArrayList<>();
    StringBuilder whole = new StringBuilder();
    for (String line : lines) {
      if (line.endsWith("\\")) {
        whole.append(line, 0, line.length() - 1).append(' ');
        continue;
      }
      whole.append(line);
      ShellCommand command = parse(whole.toString());
      if (!command.words.isEmpty()) {
        commands.add(command);
      }
      whole.setLength(0);
    }
    return commands;
  }

  private static ShellCommand parse(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == '#' && !inWord) {
        return new ShellCommand(words, "", text.substring(0, i).strip());
      } else if (c == '|' || c == '>') {
        end(words, word, inWord);
        return new ShellCommand(words, text.substring(i), text.strip());
      } else if (Character.isWhitespace(c)) {
        end(words, word, inWord);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is not closed: " + text);
    }
    end(words, word, inWord);
    return new ShellCommand(words, "", text.strip());
  }

  private static void end(List<String> words, StringBuilder word, boolean inWord) {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  String program() {
    return words.getFirst();
  }

  String[] arguments() {
    return words.subList(1, words.size()).toArray(String[]::new);
  }
}
