package kronwood.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.data.Negatives;
import kronwood.data.Samples;
import kronwood.fault.InputException;
import kronwood.io.pairs.LabelledPairs;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.TargetSpec;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.prediction.UnknownPairs;
import kronwood.io.table.TableSource;
import kronwood.model.Model;
import kronwood.model.ModelTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the truth is that predictions are compared with. */
public final class TruthOptions {
  @Option(
      names = "--target",
      split = ",",
      paramLabel = "COLUMN",
      description = "Column with the truth (default: named as in training).")
  private List<String> target = new ArrayList<>();

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Rows to evaluate, such as \"fold = 'test'\" (default: all).")
  private @Nullable String where;

  @Option(names = "--weight", paramLabel = "COLUMN", description = "Column with sample weights.")
  private @Nullable String weight;

  @Option(
      names = "--negatives",
      paramLabel = "HOW",
      converter = OptionTypes.NegativesName.class,
      description = {
        "For tables that list positives only: evaluate against pairs of the model's entities that"
            + " the table lists in none of its rows, whatever --where says. Against all of them,"
            + " or N per positive with sample:N."
      })
  private @Nullable Negatives negatives;

  /**
   * Reads samples with their truth.
   *
   * @param path the model's file, for messages
   * @throws InputException if rows or targets do not fit the model
   */
  public Samples samples(
      Model model, Path path, TableSource table, List<ModeSpec> modes, KnownEntities entities) {
    return completed(
        model, path, table, modes, entities, listed(model, path, table, modes, entities));
  }

  /** Reads the rows that are asked for. */
  public LabelledPairs listed(
      Model model, Path path, TableSource table, List<ModeSpec> modes, KnownEntities entities) {
    return pairs(model, path, table, modes, entities, where);
  }

  /** Adds negatives to rows, if that is asked for. */
  public Samples completed(
      Model model,
      Path path,
      TableSource table,
      List<ModeSpec> modes,
      KnownEntities entities,
      LabelledPairs pairs) {
    Negatives choice = negatives;
    return choice == null
        ? pairs.samples()
        : ModelInputs.reading(
            model,
            path,
            () -> UnknownPairs.of(table, modes, entities, choice).with(pairs.samples()));
  }

  /** Reads the samples of another predicate, null for all rows. */
  public LabelledPairs pairs(
      Model model,
      Path path,
      TableSource table,
      List<ModeSpec> modes,
      KnownEntities entities,
      @Nullable String predicate) {
    TargetSpec spec =
        targets(model.target(), path).withRepeats(model.form().structure().allowsRepeats());
    return ModelInputs.reading(
        model, path, () -> PairsReader.readLabelled(table, modes, entities.ids(), spec, predicate));
  }

  private TargetSpec targets(ModelTarget known, Path path) {
    List<String> columns = target.isEmpty() ? known.names() : target;
    if (columns.size() != known.names().size()) {
      throw new InputException(
          "--target: found %d (%s), but %s predicts %d: %s"
              .formatted(
                  columns.size(),
                  String.join(", ", columns),
                  path,
                  known.names().size(),
                  String.join(", ", known.names())));
    }
    return TaskTargets.spec(columns, known.loss().task(), null)
        .withClasses(known.classes())
        .withWeights(weight);
  }
}
