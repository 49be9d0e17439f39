package kronwood.cli.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kronwood.cli.options.GroupedOptions;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page of a command, in the format of man(7): all that its help text says. */
public final class ManualPage {
  private static final String SECTION = "1";

  private final CommandSpec command;
  private final GroupedOptions groups;
  private final String version;
  private final Help help;
  private final Roff page = new Roff();

  /**
   * A page.
   *
   * @param command a command that was read in full, or the root
   * @param groups headings of its options
   * @param version for the foot of the page
   */
  public ManualPage(CommandSpec command, GroupedOptions groups, String version) {
    this.command = command;
    this.groups = groups;
    this.version = version;
    this.help = new Help(command, Help.defaultColorScheme(Ansi.OFF));
  }

  /** The name of the page, such as {@code kronwood-train}. */
  public String name() {
    return command.qualifiedName("-");
  }

  /** The name of its file, such as {@code kronwood-train.1}. */
  public String fileName() {
    return name() + "." + SECTION;
  }

  /** The page. */
  public String text() {
    title();
    synopsis();
    page.macro("SH", "DESCRIPTION").text(header(command));
    options();
    commands();
    exitCodes();
    environment();
    footer();
    seeAlso();
    return page.toString();
  }

  private void title() {
    // No date: the same sources give the same bytes.
    page.macro("TH", name().toUpperCase(Locale.ROOT), SECTION, "", version, "Kronwood");
    // Ragged and without hyphens: names of options stay whole.
    page.request("nh").request("ad l");
    page.macro("SH", "NAME");
    page.marked(Roff.escaped(name()) + " \\- " + Roff.escaped(withoutFullStop(header(command))));
  }

  private void synopsis() {
    page.macro("SH", "SYNOPSIS");
    String words = " [" + Roff.italic("OPTIONS") + "]";
    if (!command.subcommands().isEmpty()) {
      words += " " + Roff.italic("COMMAND");
    }
    page.marked(Roff.bold(command.qualifiedName()) + words);
  }

  private void options() {
    for (Map.Entry<String, List<OptionSpec>> group : groups.of(command).entrySet()) {
      page.macro("SH", heading(group.getKey()));
      group.getValue().forEach(this::option);
    }
  }

  private static String heading(String group) {
    boolean all = group.equals("Options");
    return all ? "OPTIONS" : group.toUpperCase(Locale.ROOT) + " OPTIONS";
  }

  private void option(OptionSpec option) {
    String names = Arrays.stream(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
    String label =
        help.parameterLabelRenderer().renderParameterLabel(option, Ansi.OFF, List.of()).toString();
    page.macro("TP").marked(names + (label.isEmpty() ? "" : Roff.italic(label)));
    String description =
        Stream.of(
                help.createDefaultOptionRenderer()
                    .render(option, help.parameterLabelRenderer(), help.colorScheme()))
            .map(row -> row[row.length - 1].toString())
            .collect(Collectors.joining("\n"));
    page.text(description);
  }

  private void commands() {
    if (command.subcommands().isEmpty()) {
      return;
    }
    page.macro("SH", "COMMANDS");
    for (CommandSpec sub : described()) {
      page.macro("TP").marked(Roff.bold(sub.name())).text(header(sub));
    }
  }

  /** Commands that have a page of their own. */
  private List<CommandSpec> described() {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> !spec.helpCommand())
        .toList();
  }

  private void exitCodes() {
    page.macro("SH", "EXIT STATUS");
    command
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> page.macro("TP").marked(Roff.bold(code)).text(meaning));
  }

  private void environment() {
    page.macro("SH", "ENVIRONMENT");
    page.macro("TP").marked(Roff.bold("KRONWOOD_JAVA_OPTS"));
    page.text("Further options of the Java virtual machine, such as -Xmx8g for a heap of 8 GB.");
    page.macro("TP").marked(Roff.bold("XDG_CACHE_HOME"));
    page.text(
        "Where the library of the embedded database is unpacked, in a folder kronwood (default: the"
            + " folder .cache in the home folder).");
  }

  /** Indented lines are examples, which are shown as they are. */
  private void footer() {
    List<String> words = new ArrayList<>();
    List<String> examples = new ArrayList<>();
    for (String line : command.usageMessage().footer()) {
      String shown = formatted(line);
      if (shown.startsWith("  ")) {
        examples.add(shown.substring(2).stripTrailing());
      } else if (!shown.isBlank() && !shown.startsWith("Example")) {
        words.add(shown.strip());
      }
    }
    if (!examples.isEmpty()) {
      page.macro("SH", "EXAMPLES").request("nf");
      examples.forEach(page::text);
      page.request("fi");
    }
    if (!words.isEmpty()) {
      page.macro("SH", "NOTES");
      words.forEach(line -> page.text(line).request("br"));
    }
  }

  /** As picocli does it, which shows a text as it is where that is no format. */
  private static String formatted(String line) {
    try {
      return String.format(line);
    } catch (IllegalFormatException asItIs) {
      return line;
    }
  }

  private void seeAlso() {
    Stream<String> pages =
        command.parent() == null
            ? described().stream().map(spec -> spec.qualifiedName("-"))
            : Stream.of(command.root().name());
    page.macro("SH", "SEE ALSO");
    page.marked(
        pages
            .map(name -> Roff.bold(name) + "(" + SECTION + ")")
            .collect(Collectors.joining(",\n")));
  }

  private static String header(CommandSpec spec) {
    return String.join("\n", spec.usageMessage().header());
  }

  private static String withoutFullStop(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }
}
