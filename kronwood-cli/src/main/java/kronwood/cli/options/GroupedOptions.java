package kronwood.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a help text under headings: those of each named mixin under its name, then the
 * rest.
 */
public final class GroupedOptions implements IHelpSectionRenderer {
  private final List<String> headings;

  public GroupedOptions(List<String> headings) {
    this.headings = headings;
  }

  /** The options of a command under their headings, in the order of its help text. */
  public Map<String, List<OptionSpec>> of(CommandSpec command) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    List<OptionSpec> rest = new ArrayList<>(command.options());
    for (String heading : headings) {
      CommandSpec mixin = command.mixins().get(heading);
      if (mixin != null) {
        List<OptionSpec> options =
            rest.stream().filter(o -> mixin.findOption(o.longestName()) != null).toList();
        groups.put(heading, options);
        rest.removeAll(options);
      }
    }
    groups.put("Options", rest);
    return groups;
  }

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    of(help.commandSpec()).forEach((heading, options) -> append(text, heading, options, help));
    return text.toString();
  }

  private static void append(
      StringBuilder text, String heading, List<OptionSpec> options, Help help) {
    Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
    layout.addOptions(options, help.parameterLabelRenderer());
    text.append(String.format("%n%s:%n", heading)).append(layout);
  }
}
