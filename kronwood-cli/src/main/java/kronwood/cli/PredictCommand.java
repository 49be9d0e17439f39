package kronwood.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kronwood.io.InputException;
import kronwood.io.ModeSpec;
import kronwood.io.PairsReader;
import kronwood.io.ScoreWriter;
import kronwood.io.Scores;
import kronwood.io.TableSource;
import kronwood.io.UnlabelledPairs;
import kronwood.model.Model;
import kronwood.model.ModelTarget;
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
      "",
      "All columns of the pairs are kept; added are: score (or a column per target), probability of"
          + " the",
      "positive class, or class and probability_CLASS. New entities bring the model's feature"
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
    Warnings warnings = new Warnings(streams);
    Path path = source.path();
    long started = System.nanoTime();
    Model model = source.load();
    List<ModeSpec> modes = inputs.modes(model, path);
    TableSource table = inputs.source();
    KnownEntities entities = inputs.entities(model, modes, warnings);
    try (UnlabelledPairs pairs =
        ModelInputs.reading(
            model, path, () -> PairsReader.readUnlabelled(table, modes, entities.ids()))) {
      Scores scores = scores(model.target(), entities.predict(pairs.tuples()));
      if (file == null) {
        writeToStandardOutput(pairs, scores);
      } else {
        ScoreWriter.write(pairs, scores, file);
        report(pairs.size(), file, (System.nanoTime() - started) * 1e-9, warnings);
      }
    }
    return ExitCodes.SUCCESS;
  }

  private static Scores scores(ModelTarget target, double[] predictions) {
    return switch (target.loss().task()) {
      case REGRESSION -> Scores.real(target.names(), predictions);
      case BINARY -> Scores.binary(predictions);
      case MULTICLASS -> Scores.multiclass(target.classes(), predictions);
    };
  }

  private void writeToStandardOutput(UnlabelledPairs pairs, Scores scores) {
    try {
      Path folder = Files.createTempDirectory("kronwood");
      Path file = folder.resolve("scores.csv");
      try {
        ScoreWriter.write(pairs, scores, file);
        Files.copy(file, streams.out());
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("predictions cannot be written to standard output", e);
    }
  }

  private void report(int rows, Path file, double seconds, Warnings warnings) {
    if (output.json()) {
      ObjectNode root = JsonReport.object();
      root.put("rows", rows).put("out", file.toString());
      root.put("model", source.path().toString()).put("seconds", seconds);
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    } else {
      streams.say(Text.count(rows) + " predictions written to " + file);
    }
  }
}
