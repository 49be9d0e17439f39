package kronwood.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kronwood.cli.terminal.Warnings;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.prediction.NewEntities;
import kronwood.io.table.TableSource;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The rows and new entities that a model is applied to. */
public final class ModelInputs {
  @Option(
      names = "--pairs",
      paramLabel = "TABLE",
      description = "A row per sample, from a file or sql:QUERY as in train.")
  private @Nullable String pairs;

  @Option(
      names = "--modes",
      paramLabel = "COLUMNS",
      description = {
        "Columns with the ids of the model's modes, in its order, where they are called otherwise"
            + " than in training."
      })
  private @Nullable String columns;

  @Mixin private EntityInputs entities = new EntityInputs();

  /** Whether there are rows. */
  public boolean hasSource() {
    return pairs != null;
  }

  /**
   * The rows.
   *
   * @throws InputException if there are none
   */
  public TableSource source(Model model) {
    if (pairs == null) {
      throw new InputException("missing required option '--pairs=TABLE'");
    }
    TableSource source = TableSource.parse(pairs);
    entities.checkGoTogether(source, model.tables().stream().map(ModelTable::name).toList());
    return source;
  }

  /**
   * The model's modes, with the columns that hold their ids.
   *
   * @throws InputException if {@code --modes} does not fit the model
   */
  public List<ModeSpec> modes(Model model, Path path) {
    List<String> names = columns == null ? model.modeNames() : List.of(columns.split(",", -1));
    int modes = model.modeNames().size();
    if (names.size() != modes) {
      throw new InputException(
          "--modes: found %d (%s), but %s has %d: %s"
              .formatted(
                  names.size(),
                  String.join(", ", names),
                  path,
                  modes,
                  String.join(", ", model.modeNames())));
    }
    List<ModeSpec> specs = new ArrayList<>();
    for (int mode = 0; mode < modes; mode++) {
      specs.add(new ModeSpec(names.get(mode).strip(), model.table(mode).name()));
    }
    return specs;
  }

  /** Reads the new entities. */
  public KnownEntities entities(Model model, List<ModeSpec> modes, Warnings warnings) {
    return entities.read(model, modes, warnings);
  }

  /** Reads the new entities, which are those of {@code pairs} if its rows are numbered. */
  public KnownEntities entities(
      Model model, List<ModeSpec> modes, TableSource pairs, Warnings warnings) {
    KnownEntities known = entities(model, modes, warnings);
    for (int mode = 0; mode < modes.size(); mode++) {
      String table = modes.get(mode).table();
      known.newIds(mode).ifPresent(ids -> pairs.checkRows(table, ids.size()));
    }
    return known;
  }

  /**
   * Reads rows for a model, and adds to what a reader says of a row or table that does not fit what
   * can be done about it here.
   */
  public static <T> T reading(Model model, Path path, Supplier<T> reader) {
    try {
      return knowing(model, reader);
    } catch (InputException e) {
      if (e.facts().remedy() != Remedy.NAME_THE_MODES) {
        throw e;
      }
      throw new InputException(
          "%s; the modes of %s are %s: name the columns that hold them with --modes"
              .formatted(e.getMessage(), path, String.join(", ", model.modeNames())),
          e);
    }
  }

  /** Reads rows, and adds to what a reader says of an unknown entity how to give new ones. */
  public static <T> T knowing(Model model, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InputException e) {
      if (e.facts().remedy() != Remedy.NEW_ENTITIES) {
        throw e;
      }
      throw new InputException(e.getMessage() + "; " + newEntities(model), e.facts().with(null), e);
    }
  }

  /** How new entities are given, in words. */
  public static String newEntities(Model model) {
    List<String> ways = new ArrayList<>();
    for (ModelTable table : model.tables()) {
      String all =
          table.blocks().stream()
              .filter(block -> block.kind().isGiven())
              .map(block -> "--" + NewEntities.source(block) + " " + table.name() + "=TABLE")
              .distinct()
              .collect(Collectors.joining(" "));
      if (!all.isEmpty()) {
        ways.add(all);
      }
    }
    if (ways.isEmpty()) {
      return "the model tells entities apart by nothing but their ids, and has nothing to say of"
          + " others";
    }
    return "give entities that the model does not know with " + String.join(" or ", ways);
  }
}
