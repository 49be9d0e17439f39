package kronwood.cli.options;

import java.nio.file.Path;
import java.util.List;
import kronwood.io.table.OutputFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A report beside the result of a command. */
public final class ReportOption {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = {
        "Also write a report here, such as report.html: one page with charts and their numbers,"
            + " which needs no network and no script."
      })
  private @Nullable Path file;

  /** Where to, null if there is to be none. */
  public @Nullable Path file() {
    return file;
  }

  /**
   * Checks before any long work that the report can be written.
   *
   * @throws kronwood.fault.InputException if not
   */
  public void check() {
    if (file != null) {
      OutputFiles.checkWritable(file);
    }
  }

  /** The command as the user typed it, with argument files expanded, to be typed again. */
  public static String command(CommandSpec spec) {
    StringBuilder command = new StringBuilder("kronwood ");
    List<String> words =
        spec.root().commandLine().getParseResult() == null
            ? List.of()
            : spec.root().commandLine().getParseResult().originalArgs();
    for (int i = 0; i < words.size(); i++) {
      boolean option = i > 0 && words.get(i).startsWith("--");
      command.append(i == 0 ? "" : option ? " \\\n    " : " ").append(quoted(words.get(i)));
    }
    return command.toString();
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
