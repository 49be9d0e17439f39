package kronwood.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import kronwood.cli.options.EntityInputs;
import kronwood.cli.options.ModelInputs;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OptionTypes;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.report.RankReport;
import kronwood.cli.report.RankedOutput;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Text;
import kronwood.cli.terminal.Warnings;
import kronwood.data.EntityIds;
import kronwood.fault.InputException;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.prediction.AllRankings;
import kronwood.io.prediction.GivenEntities;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.prediction.RankCandidates;
import kronwood.io.scores.ScoreWriter;
import kronwood.io.table.ClosestName;
import kronwood.model.Model;
import kronwood.model.Ranked;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.databind.node.ObjectNode;

/** Ranks the entities of one mode, given those of the others. */
@Command(
    name = "rank",
    header = "Ranks the entities of one mode that go best with a given one.",
    footer = {
      "Example:",
      "  kronwood rank --model model.kron --left D1 --top 20 --exclude pairs.csv",
      "  kronwood rank --model model.kron --all --top 20 --exclude pairs.csv --out top.parquet",
      "",
      "Of equal predictions the candidate that is listed first comes first. New entities, as given"
          + " ones or",
      "as candidates, bring the model's feature columns, or a column with the similarity to each"
          + " entity it",
      "was trained on. Of a model trained with --ensemble there is the standard deviation of each"
          + " prediction,",
      "named score_sd and so on, as in predict; candidates are ranked by the prediction alone."
    })
final class RankCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Option(
      names = "--given",
      paramLabel = "MODE=ID",
      description = {
        "The entity to rank for, such as left=D1, or for short --left D1; one for each of the"
            + " model's modes but the one that is ranked. A new entity is described by all its"
            + " columns: --left \"mass=310.2,charge=0\". A model that multiplies a mode with itself"
            + " ranks its entities as they are, and is given none of it."
      })
  private List<String> given = new ArrayList<>();

  /** {@code --MODE ID}, with modes that only the model knows. */
  @Unmatched private List<String> byMode = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--all",
      description = {
        "Rank for every entity of a mode, and write the best of each to --out as they are found:"
            + " both ids, rank and prediction. --given MODE says which mode it is (default: the"
            + " first)."
      })
  private boolean all;

  @Option(
      names = "--top",
      defaultValue = "20",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "How many to list (default: ${DEFAULT-VALUE}).")
  private int top = 1;

  @Option(
      names = "--candidates",
      defaultValue = RankCandidates.ALL,
      paramLabel = "WHICH",
      description = {
        "What is ranked: known entities, new ones, all, or a table with a column of ids named like"
            + " the mode (default: ${DEFAULT-VALUE}). In pairs of one table's entities the given"
            + " one is no candidate for itself, unless such a table lists it."
      })
  private String candidates = RankCandidates.ALL;

  @Option(
      names = "--exclude",
      paramLabel = "TABLE",
      description = {
        "A table of pairs to leave out, such as those that are known already; may be given several"
            + " times."
      })
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = {
        "The target or class to rank by (default: the only target, or the positive class)."
      })
  private @Nullable String ranked;

  @Mixin(name = "Data")
  private EntityInputs inputs = new EntityInputs();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "A .csv, .tsv, .json, .ndjson (also .gz) or .parquet file instead of a table on standard"
            + " output."
      })
  private @Nullable Path out;

  @Mixin private OutputOptions output = new OutputOptions();

  RankCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    if (out != null) {
      ScoreWriter.checkWritable(out);
    }
    Warnings warnings = new Warnings(streams);
    Model model = source.load();
    if (all) {
      return rankAll(model, warnings);
    }
    List<String> allGiven = new ArrayList<>(given);
    allGiven.addAll(givenByMode(model));
    GivenEntities fixed = GivenEntities.parse(model, allGiven);
    RankedOutput by = RankedOutput.of(model.target(), ranked);
    List<ModeSpec> modes = RankReport.modes(model);
    KnownEntities entities = inputs.read(model, modes, fixed, warnings);
    int[] tuple = tuple(model, fixed, entities);
    RankCandidates of =
        ModelInputs.knowing(
            model,
            () -> RankCandidates.of(model, modes, entities, fixed, tuple, candidates, exclude));
    if (of.entities().length == 0) {
      warnings.accept(
          of.excluded() == 0
              ? "there are no candidates"
              : "no candidates are left, --exclude names all " + Text.count(of.excluded()));
    }
    long started = System.nanoTime();
    int[] numbers = entities.numbers(fixed.free(), of.entities());
    Ranked best =
        fixed.ranked().size() == 1
            ? entities.given(fixed.free(), tuple).top(numbers, by.index(), top)
            : Ranked.best(
                numbers,
                entities.predictRepeated(fixed.ranked(), tuple, of.entities()),
                by.index(),
                top);
    double seconds = (System.nanoTime() - started) * 1e-9;
    List<String> ids = new ArrayList<>();
    for (int number : best.candidates()) {
      ids.add(entities.idOfNumber(fixed.free(), number));
    }
    RankReport report = new RankReport(model.modeNames(), fixed, by.label(), ids, best);
    if (out != null) {
      report.write(out);
    }
    if (output.json()) {
      ObjectNode root = report.json(source.path(), of, out, seconds);
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    } else if (out == null) {
      report.lines().forEach(streams.out()::println);
    } else {
      streams.say(
          "the best %s of %s candidates written to %s"
              .formatted(Text.count(ids.size()), Text.count(of.entities().length), out));
    }
    return ExitCodes.SUCCESS;
  }

  /** Ranks for every entity of a mode. */
  private int rankAll(Model model, Warnings warnings) {
    Path file = out;
    if (file == null) {
      throw new InputException("--all: needs --out FILE, which is missing");
    }
    if (!byMode.isEmpty()) {
      throw new UnmatchedArgumentException(Objects.requireNonNull(spec).commandLine(), byMode);
    }
    List<String> names = model.modeNames();
    int mode = given.isEmpty() ? 0 : names.indexOf(given.getFirst());
    if (mode < 0 || given.size() > 1) {
      throw new InputException(
          "--given: found '%s', with --all expected one of the modes %s"
              .formatted(String.join(" ", given), String.join(", ", names)));
    }
    RankedOutput by = RankedOutput.of(model.target(), ranked);
    List<ModeSpec> modes = RankReport.modes(model);
    KnownEntities entities = inputs.read(model, modes, warnings);
    AllRankings rankings =
        ModelInputs.knowing(
            model, () -> new AllRankings(model, modes, entities, mode, candidates, exclude));
    long started = System.nanoTime();
    long rows = rankings.write(top, by.index(), by.label(), file);
    double seconds = (System.nanoTime() - started) * 1e-9;
    if (output.json()) {
      ObjectNode root = JsonReport.object().put("model", source.path().toString());
      root.put("given", names.get(mode)).put("mode", names.get(1 - mode));
      root.put("output", by.label()).put("entities", rankings.entities());
      root.put("candidates", rankings.candidates()).put("rows", rows);
      root.put("seconds", seconds).put("out", file.toString());
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    } else {
      streams.say(
          "the best of %s candidates for %s of %s written to %s: %s rows"
              .formatted(
                  Text.count(rankings.candidates()),
                  Text.count(rankings.entities()),
                  names.get(mode),
                  file,
                  Text.count(Math.toIntExact(rows))));
    }
    return ExitCodes.SUCCESS;
  }

  /**
   * What {@code --MODE=ID} or {@code --MODE ID} says, in the form of {@code --given}.
   *
   * @throws UnmatchedArgumentException if anything else is among what is no option
   */
  private List<String> givenByMode(Model model) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < byMode.size(); i++) {
      String argument = byMode.get(i);
      int equals = argument.indexOf('=');
      String option = equals < 0 ? argument : argument.substring(0, equals);
      boolean isMode =
          option.startsWith("--") && model.modeNames().contains(option.substring("--".length()));
      if (!isMode || (equals < 0 && i + 1 == byMode.size())) {
        throw new UnmatchedArgumentException(
            Objects.requireNonNull(spec).commandLine(), List.of(argument));
      }
      String id = equals < 0 ? byMode.get(++i) : argument.substring(equals + 1);
      found.add(option.substring("--".length()) + "=" + id);
    }
    return found;
  }

  /** The given entities as {@link KnownEntities} numbers them; 0 in the free mode. */
  private static int[] tuple(Model model, GivenEntities fixed, KnownEntities entities) {
    int[] tuple = new int[fixed.ids().size()];
    for (int mode = 0; mode < tuple.length; mode++) {
      if (fixed.isGiven(mode)) {
        EntityIds ids = entities.idsOf(mode);
        tuple[mode] = ids.indexOf(fixed.ids().get(mode));
        if (tuple[mode] < 0) {
          String closest = ClosestName.of(fixed.ids().get(mode), ids.asList());
          throw new InputException(
              "--given: '%s' is not among the %s entities of table '%s'%s; %s"
                  .formatted(
                      fixed.ids().get(mode),
                      Text.count(ids.size()),
                      model.table(mode).name(),
                      closest == null ? "" : " (closest: '" + closest + "')",
                      ModelInputs.newEntities(model)));
        }
      }
    }
    return tuple;
  }
}
