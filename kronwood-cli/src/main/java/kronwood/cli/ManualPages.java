package kronwood.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kronwood.cli.manual.ManualPage;
import kronwood.cli.options.GroupedOptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages of all commands. Started when a package is built. */
final class ManualPages {
  private ManualPages() {}

  /**
   * Writes a file for each command, such as {@code kronwood-train.1}.
   *
   * @param folder the folder for them, which is there
   */
  static void main(String[] folder) throws IOException {
    for (ManualPage page : all()) {
      Files.writeString(Path.of(folder[0], page.fileName()), page.text());
    }
  }

  /** The page of the program, then those of its commands, in the order of the help text. */
  static List<ManualPage> all() {
    CommandSpec root = Main.allCommands().getCommandSpec();
    GroupedOptions groups = new GroupedOptions(Main.OPTION_HEADINGS);
    String version = new Version().getVersion()[0];
    return Stream.concat(
            Stream.of(root), root.subcommands().values().stream().map(CommandLine::getCommandSpec))
        .filter(spec -> !spec.helpCommand())
        .map(spec -> new ManualPage(spec, groups, version))
        .toList();
  }
}
