package kronwood.cli.options;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kronwood.fault.InputException;

/**
 * Replaces each argument {@code @FILE} by the arguments in that file, so that a run can be kept.
 *
 * <p>In a file, arguments are separated by blanks and line ends; {@code "…"} and {@code '…'} group,
 * also inside an argument ({@code --test-where="fold = 'test'"}); within double quotes {@code \"}
 * and {@code \\} stand for the character itself; {@code #} at the beginning of an argument starts a
 * comment. Files may name further files; relative paths are relative to the working directory. An
 * argument that begins with {@code @@} stands for itself without the first {@code @}.
 *
 * <p>picocli's own argument files are not used: they break {@code --option="two words"} apart and
 * take a file that does not exist for an argument.
 */
public final class ArgumentFiles {
  private final String file;
  private final String text;
  private int position;
  private int line = 1;

  private ArgumentFiles(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * The arguments with all files replaced.
   *
   * @throws InputException if a file is missing or unreadable, names itself, or a quote in it is
   *     not closed
   */
  public static String[] expand(String[] args) {
    List<String> expanded = new ArrayList<>();
    expand(List.of(args), expanded, new LinkedHashSet<>());
    return expanded.toArray(String[]::new);
  }

  private static void expand(List<String> args, List<String> into, Set<Path> open) {
    for (String arg : args) {
      if (arg.startsWith("@@")) {
        into.add(arg.substring(1));
      } else if (arg.startsWith("@") && arg.length() > 1) {
        expandFile(arg.substring(1), into, open);
      } else {
        into.add(arg);
      }
    }
  }

  private static void expandFile(String file, List<String> into, Set<Path> open) {
    try {
      Path path = Path.of(file).toRealPath();
      if (!open.add(path)) {
        throw new InputException("argument file " + file + " names itself");
      }
      expand(new ArgumentFiles(file, Files.readString(path)).arguments(), into, open);
      open.remove(path);
    } catch (NoSuchFileException e) {
      throw new InputException(
          "argument file "
              + file
              + " does not exist (an argument that begins with '@' itself is written '@@')",
          e);
    } catch (CharacterCodingException e) {
      throw new InputException("argument file " + file + " is not UTF-8 text", e);
    } catch (IOException | InvalidPathException e) {
      throw new InputException("argument file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    while (skipToArgument()) {
      arguments.add(argument());
    }
    return arguments;
  }

  /** Skips blanks and comments; false at the end of the file. */
  private boolean skipToArgument() {
    boolean comment = false;
    while (position < text.length()) {
      char c = text.charAt(position);
      comment = c == '#' || (comment && c != '\n');
      if (!comment && !Character.isWhitespace(c) && c != '\uFEFF') {
        return true;
      }
      next();
    }
    return false;
  }

  private String argument() {
    StringBuilder argument = new StringBuilder();
    while (position < text.length() && !Character.isWhitespace(text.charAt(position))) {
      char c = next();
      if (c == '"' || c == '\'') {
        quoted(c, argument);
      } else {
        argument.append(c);
      }
    }
    return argument.toString();
  }

  private void quoted(char quote, StringBuilder argument) {
    int opened = line;
    while (position < text.length()) {
      char c = next();
      if (c == quote) {
        return;
      }
      boolean escape =
          quote == '"'
              && c == '\\'
              && position < text.length()
              && (text.charAt(position) == '"' || text.charAt(position) == '\\');
      argument.append(escape ? next() : c);
    }
    throw new InputException(
        "argument file " + file + ", line " + opened + ": the quote " + quote + " is not closed");
  }

  private char next() {
    char c = text.charAt(position++);
    if (c == '\n') {
      line++;
    }
    return c;
  }
}
