package kronwood.cli.options;

import java.util.ArrayList;
import java.util.List;
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

  @Override
  public String render(Help help) {
    List<OptionSpec> rest = new ArrayList<>(help.commandSpec().options());
    StringBuilder text = new StringBuilder();
    for (String heading : headings) {
      CommandSpec mixin = help.commandSpec().mixins().get(heading);
      if (mixin != null) {
        List<OptionSpec> options =
            rest.stream().filter(o -> mixin.findOption(o.longestName()) != null).toList();
        append(text, heading, options, help);
        rest.removeAll(options);
      }
    }
    append(text, "Options", rest, help);
    return text.toString();
  }

  private static void append(
      StringBuilder text, String heading, List<OptionSpec> options, Help help) {
    Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
    layout.addOptions(options, help.parameterLabelRenderer());
    text.append(String.format("%n%s:%n", heading)).append(layout);
  }
}
