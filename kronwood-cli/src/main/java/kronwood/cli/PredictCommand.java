package kronwood.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import kronwood.cli.options.ModelInputs;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Text;
import kronwood.cli.terminal.Warnings;
import kronwood.fault.InputException;
import kronwood.file.TemporaryPath;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.UnlabelledPairs;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.prediction.PredictedGrid;
import kronwood.io.scores.ScoreWriter;
import kronwood.io.scores.Scores;
import kronwood.io.table.TableSource;
import kronwood.model.Model;
import kronwood.model.ModelTarget;
import kronwood.model.Predictions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Predicts for pairs. */
@Command(
    name = "predict",
    header = "Predicts for pairs of entities, known or new.",
    footer = {
      "Example:",
      "  kronwood predict --model model.kron --pairs new.csv --features left=new_left.csv \\",
      "    --out scores.parquet",
      "  kronwood predict --model model.kron --grid --out all.parquet",
      "",
      "All columns of the pairs are kept; added are: score (or a column per target), probability of"
          + " the",
      "positive class, or class and probability_CLASS; of a model trained with --ensemble also the",
      "standard deviation of each, named score_sd and so on. New entities bring the model's feature"
          + " columns,",
      "or a column with the similarity to each entity it was trained on."
    })
final class PredictCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Mixin(name = "Data")
  private ModelInputs inputs = new ModelInputs();

  @Option(
      names = "--grid",
      description = {
        "Instead of --pairs: predict for all tuples of known and new entities of the modes. Two"
            + " modes of one table are combined in both orders, and with themselves; a mode that"
            + " the model multiplies with itself has each of its entities once. Rows are written"
            + " as they are made, however many there are."
      })
  private boolean grid;

  @Option(
      names = "--out",
      defaultValue = STANDARD_OUTPUT,
      paramLabel = "FILE",
      description = {
        "A .csv, .tsv, .json, .ndjson (also .gz) or .parquet file, or - for CSV on standard output"
            + " (default: ${DEFAULT-VALUE})."
      })
  private String out = STANDARD_OUTPUT;

  @Mixin private OutputOptions output = new OutputOptions();

  PredictCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    @Nullable Path file = out.equals(STANDARD_OUTPUT) ? null : Path.of(out);
    if (file != null) {
      ScoreWriter.checkWritable(file);
    } else if (output.json()) {
      throw new InputException(
          "--json: needs --out FILE, as standard output holds the predictions");
    }
    if (grid && inputs.hasSource()) {
      throw new InputException("--grid: predicts for all tuples, leave out --pairs");
    } else if (!grid && !inputs.hasSource()) {
      throw new InputException(
          "missing required option '--pairs=TABLE', or --grid to predict for all tuples");
    }
    Warnings warnings = new Warnings(streams);
    Path path = source.path();
    long started = System.nanoTime();
    Model model = source.load();
    List<ModeSpec> modes = inputs.modes(model, path);
    if (grid) {
      KnownEntities entities = inputs.entities(model, modes, warnings);
      PredictedGrid all = new PredictedGrid(entities, modes);
      long rows = write(file, to -> all.write(values -> scores(model.target(), values), to));
      report(rows, file, started, warnings);
      return ExitCodes.SUCCESS;
    }
    TableSource table = inputs.source(model);
    KnownEntities entities = inputs.entities(model, modes, table, warnings);
    try (UnlabelledPairs pairs =
        ModelInputs.reading(
            model, path, () -> PairsReader.readUnlabelled(table, modes, entities.ids()))) {
      Scores scores = scores(model.target(), entities.predict(pairs.tuples()));
      long rows =
          write(
              file,
              to -> {
                ScoreWriter.write(pairs, scores, to);
                return pairs.size();
              });
      report(rows, file, started, warnings);
    }
    return ExitCodes.SUCCESS;
  }

  private static Scores scores(ModelTarget target, Predictions predictions) {
    Scores scores =
        switch (target.loss().task()) {
          case REGRESSION -> Scores.real(target.names(), predictions.values());
          case BINARY -> Scores.binary(predictions.values());
          case MULTICLASS -> Scores.multiclass(target.classes(), predictions.values());
        };
    return scores.withDeviations(predictions.deviations());
  }

  /** Writes to a file, or by way of one to standard output. */
  private long write(@Nullable Path file, ToLongFunction<Path> writing) {
    if (file != null) {
      return writing.applyAsLong(file);
    }
    try (TemporaryPath folder = TemporaryPath.folder()) {
      Path temporary = folder.path().resolve("scores.csv");
      long rows = writing.applyAsLong(temporary);
      Files.copy(temporary, streams.out());
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("predictions cannot be written to standard output", e);
    }
  }

  private void report(long rows, @Nullable Path file, long started, Warnings warnings) {
    if (file == null) {
      return;
    }
    streams.wrote(file);
    if (output.json()) {
      ObjectNode root = JsonReport.object();
      root.put("rows", rows).put("out", file.toString());
      root.put("model", source.path().toString());
      root.put("seconds", (System.nanoTime() - started) * 1e-9);
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    } else {
      streams.say(Text.count(rows) + " predictions written to " + file);
    }
  }
}
