package kronwood.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kronwood.cli.options.OptionTypes;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.options.PartOptions;
import kronwood.cli.options.TaskTargets;
import kronwood.cli.report.JsonReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Text;
import kronwood.data.ChunkShuffle;
import kronwood.fault.InputException;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsPreparation;
import kronwood.io.pairs.PreparationRequest;
import kronwood.io.pairs.PreparedReader;
import kronwood.io.table.OutputFiles;
import kronwood.io.table.TableSource;
import kronwood.loss.Loss;
import kronwood.prepared.PreparedContent;
import kronwood.prepared.PreparedPairs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Makes a file of prepared pairs. */
@Command(
    name = "prepare",
    header = "Makes a sorted, checksummed file of pairs, which training reads from disk.",
    footer = {
      "Example:",
      "  kronwood prepare --pairs pairs.parquet --modes left,right --target y \\",
      "    --test-where \"hash(pairs.left, pairs.right) % 50 = 0\" --out pairs.kpairs",
      "  kronwood train --pairs pairs.kpairs --modes left,right --target y \\",
      "    --features left=left.csv --features right=right.csv --plain --engine weights \\",
      "    --out model.kron",
      "",
      "The order of the rows in the table does not matter. A file that is there is replaced in one"
          + " step."
    })
final class PrepareCommand implements Callable<Integer> {
  private static final int CHUNKS = 16;

  private final Streams streams;

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "TABLE",
      description = "A row per sample: any table that train takes.")
  private String pairs = "";

  @Option(
      names = "--modes",
      required = true,
      paramLabel = "MODES",
      description = "Columns with the ids of each sample's entities, as in train.")
  private String modes = "";

  @Option(
      names = "--target",
      required = true,
      split = ",",
      paramLabel = "COLUMN",
      description = "Column to learn; several, if they are numbers.")
  private List<String> target = new ArrayList<>();

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "Column with the weight of each sample's loss.")
  private @Nullable String weight;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      converter = OptionTypes.LossName.class,
      completionCandidates = OptionTypes.LossName.class,
      description = {
        "What the training will minimise: squared or huber for numbers, logistic for two classes,"
            + " softmax for several (default: ${DEFAULT-VALUE})."
      })
  private String loss = "squared";

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      description = "With --loss logistic: the positive class (default: the larger one).")
  private @Nullable String positive;

  @Mixin private PartOptions parts = new PartOptions();

  @Option(
      names = "--window",
      defaultValue = "262144",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = {
        "Pairs that are shuffled at a time, which a training has in memory (default:"
            + " ${DEFAULT-VALUE})."
      })
  private int window;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the file, such as pairs.kpairs.")
  private Path out = Path.of("");

  @Mixin private OutputOptions output = new OutputOptions();

  PrepareCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    if (!PreparedReader.isPrepared(out.toString())) {
      throw new InputException(
          "--out: found %s, expected a name with %s at its end"
              .formatted(out, PreparedPairs.ENDING));
    }
    if (positive != null && !loss.equals("logistic")) {
      throw new InputException("--positive: is for --loss logistic only, found --loss " + loss);
    }
    OutputFiles.checkWritable(out);
    long started = System.nanoTime();
    int chunk = Math.clamp(Math.ceilDiv(window, CHUNKS), 1, 1 << 14);
    PreparationRequest request =
        new PreparationRequest(
            TableSource.parse(pairs),
            ModeSpec.parseAll(modes),
            TaskTargets.spec(target, Loss.of(loss).task(), positive).withWeights(weight),
            parts.spec(null),
            new ChunkShuffle(chunk, Math.ceilDiv(window, chunk)));
    PreparedContent content = PairsPreparation.write(request, out);
    streams.wrote(out);
    report(content, (System.nanoTime() - started) * 1e-9);
    return ExitCodes.SUCCESS;
  }

  private void report(PreparedContent content, double seconds) {
    PreparedContent.Sizes sizes = content.sizes();
    if (output.json()) {
      ObjectNode root = JsonReport.object();
      root.put("train", sizes.train());
      root.put("validation", sizes.validation()).put("test", sizes.test());
      root.put("seconds", seconds).put("out", out.toString());
      JsonReport.print(root, streams.out());
      return;
    }
    StringBuilder entities = new StringBuilder();
    for (PreparedContent.Table table : content.tables()) {
      entities.append(entities.isEmpty() ? "" : ", ");
      entities.append(Text.count(table.ids().size())).append(" of ").append(table.name());
    }
    streams
        .out()
        .printf(
            "%s pairs to train on, %s to validate, %s to test; entities: %s%n",
            Text.count(sizes.train()),
            Text.count(sizes.validation()),
            Text.count(sizes.test()),
            entities);
    streams.out().println("pairs: " + out);
  }
}
