package kronwood.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kronwood.cli.terminal.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of {@code kronwood}, in the order of its help text.
 *
 * <p>picocli reads the options of a command by reflection, and for all commands that takes longer
 * than everything else at the start. So only a command that the arguments name is read in full. Of
 * the others there are the name and the header, for the list of commands and for hints.
 */
final class Subcommands {
  private static final Map<Class<?>, Function<Streams, Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put(TrainCommand.class, TrainCommand::new);
    ALL.put(PrepareCommand.class, PrepareCommand::new);
    ALL.put(CrossValidateCommand.class, CrossValidateCommand::new);
    ALL.put(ExplainCommand.class, ExplainCommand::new);
    ALL.put(EvaluateCommand.class, EvaluateCommand::new);
    ALL.put(PredictCommand.class, PredictCommand::new);
    ALL.put(RankCommand.class, RankCommand::new);
    ALL.put(ServeCommand.class, ServeCommand::new);
    ALL.put(InspectCommand.class, InspectCommand::new);
    ALL.put(ReportCommand.class, ReportCommand::new);
    ALL.put(CardCommand.class, CardCommand::new);
    ALL.put(ExportCommand.class, ExportCommand::new);
    ALL.put(EncodeCommand.class, EncodeCommand::new);
    ALL.put(DoctorCommand.class, DoctorCommand::new);
    ALL.put(CompletionCommand.class, CompletionCommand::new);
  }

  private Subcommands() {}

  /** Adds all commands to {@code root}; those that are no word of {@code args} in outline only. */
  static void addTo(CommandLine root, Streams streams, List<String> args) {
    boolean all = args.contains(description(CompletionCommand.class).name());
    ALL.forEach(
        (type, maker) -> {
          Command description = description(type);
          if (all || args.contains(description.name())) {
            root.addSubcommand(maker.apply(streams));
          } else {
            root.addSubcommand(description.name(), outline(description));
          }
        });
    root.addSubcommand(new HelpCommand());
  }

  /** Whether nothing is known of a command but its name and header. */
  static boolean isOutline(CommandSpec spec) {
    return spec.userObject() == null;
  }

  private static CommandSpec outline(Command description) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().header(description.header());
    return spec;
  }

  private static Command description(Class<?> type) {
    return type.getAnnotation(Command.class);
  }
}
