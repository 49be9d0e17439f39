package kronwood.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;
import kronwood.io.entities.EntityTables;
import kronwood.io.pairs.DivisiblePairs;
import kronwood.io.pairs.GroupSpec;
import kronwood.io.pairs.LastRows;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.PairsRequest;
import kronwood.io.pairs.PreparedReader;
import kronwood.io.pairs.SplitSpec;
import kronwood.io.pairs.TargetSpec;
import kronwood.io.pairs.TrainingPairs;
import kronwood.io.table.TableSource;
import kronwood.loss.Loss;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a network is trained on. */
public final class DataOptions {
  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "TABLE",
      description = {
        "A row per sample. TABLE is a CSV, TSV, JSON or NDJSON file (gzip too), a Parquet file, a"
            + " DuckDB database FILE[:TABLE], or sql:QUERY; or labels in idx files A,B,… (gzip"
            + " too): columns label and file (1, 2, …), row i is about entity i of every mode. Or a"
            + " .kpairs file of kronwood prepare, for train and explain."
      })
  private String pairs = "";

  @Option(
      names = "--target",
      required = true,
      split = ",",
      paramLabel = "COLUMN",
      description = "Column to learn; several, if they are numbers.")
  private List<String> target = new ArrayList<>();

  @Option(
      names = "--modes",
      required = true,
      paramLabel = "MODES",
      description = {
        "Columns with the ids of each sample's entities, such as left,right. The same column may be"
            + " given twice (image,image); COLUMN:TABLE takes the entities from table TABLE."
      })
  private String modes = "";

  @Mixin private AttributeOptions attributes = new AttributeOptions();

  @Mixin private BlockOptions blocks = new BlockOptions();

  @Mixin private PartOptions parts = new PartOptions();

  @Option(
      names = "--test-last",
      paramLabel = "N",
      converter = OptionTypes.Last.class,
      description = {
        "Instead of predicates: of each entity of the first mode test on the last N rows by --time,"
            + " or on a share such as 0.2. Of two classes N counts the positive rows. At least one"
            + " row of each entity is trained on."
      })
  private @Nullable Double testLast;

  @Option(
      names = "--validation-last",
      paramLabel = "N",
      converter = OptionTypes.Last.class,
      description = "The same of the rows before these, for validation (default: none).")
  private @Nullable Double validationLast;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = {
        "With --test-last: a column of numbers, dates or time stamps. Rows of the same time count"
            + " in the order of the table."
      })
  private @Nullable String time;

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description = "Column with the weight of each sample's loss.")
  private @Nullable String weight;

  @Option(
      names = "--in-memory",
      description = {
        "With a file of kronwood prepare: read all of it into memory, also where --plain --engine"
            + " weights could leave the pairs on disk. The model is the same."
      })
  private boolean inMemory;

  private boolean repeats;

  /** Whether {@code --pairs} is a file of prepared pairs. */
  public boolean isPrepared() {
    return PreparedReader.isPrepared(pairs);
  }

  /** Whether prepared pairs may stay on disk. */
  public boolean mayStayOnDisk() {
    return isPrepared() && !inMemory;
  }

  /**
   * Names of the modes, as given.
   *
   * @throws kronwood.fault.InputException if they cannot be understood
   */
  public List<String> modeNames() {
    return ModeSpec.parseAll(modes).stream().map(ModeSpec::column).toList();
  }

  /** Allows rows of the same entities to have different targets, or forbids it as by default. */
  public void allowRepeats(boolean allowed) {
    repeats = allowed;
  }

  /** Names of the modes' tables. */
  List<String> tableNames() {
    return ModeSpec.parseAll(modes).stream().map(ModeSpec::table).toList();
  }

  /**
   * Reads everything.
   *
   * @param positive the positive class, or null for the larger one
   * @throws kronwood.fault.InputException if something is wrong with what the user brought
   */
  TrainingPairs read(Loss loss, @Nullable String positive) {
    List<String> warnings = new ArrayList<>();
    if (isPrepared()) {
      try (PreparedReader file = open(loss, positive)) {
        return file.read(file.modes(tables(file, warnings::add))).warnedBefore(warnings);
      }
    }
    if (inMemory) {
      throw new InputException("--in-memory: is for a file of kronwood prepare, found " + pairs);
    }
    return PairsReader.read(request(ModeSpec.parseAll(modes), loss, positive, warnings::add))
        .warnedBefore(warnings);
  }

  /**
   * Reads everything, to be divided later.
   *
   * @param seed for the order of entities of negatives that come from one table
   * @throws kronwood.fault.InputException if something is wrong with what the user brought
   */
  public DivisiblePairs readToDivide(
      Loss loss, @Nullable String positive, DivisionOptions division, long seed) {
    if (isPrepared()) {
      throw new InputException(
          pairs
              + ": prepared pairs are divided already, and cannot be divided or completed again;"
              + " give the table that they were made of");
    }
    List<ModeSpec> specs = ModeSpec.parseAll(modes);
    List<GroupSpec> groups = division.groups().stream().map(text -> group(text, specs)).toList();
    List<String> warnings = new ArrayList<>();
    DivisiblePairs read =
        PairsReader.readToDivide(
            request(specs, loss, positive, warnings::add),
            groups,
            division.negatives() != null,
            seed);
    return new DivisiblePairs(read.pairs().warnedBefore(warnings), read.listed(), read.groupings());
  }

  /**
   * Opens the prepared pairs.
   *
   * @throws InputException if they cannot be read, or were prepared for other modes or targets
   */
  public PreparedReader open(Loss loss, @Nullable String positive) {
    if (dividesByRows() || parts.saysWhatToTrainOn() || time != null) {
      throw new InputException(
          pairs + ": prepared pairs are divided already; leave out what divides rows");
    }
    TargetSpec spec = TaskTargets.spec(target, loss.task(), positive).withWeights(weight);
    return PreparedReader.open(Path.of(pairs), ModeSpec.parseAll(modes), spec);
  }

  /** The tables of the entities of prepared pairs. */
  public Map<String, EntityTable> tables(PreparedReader file, Consumer<String> warnings) {
    return EntityTables.read(
        ModeSpec.parseAll(modes),
        attributes.byTable(),
        blocks.forms(tableNames()),
        file::ids,
        warnings);
  }

  private static GroupSpec group(String text, List<ModeSpec> modes) {
    try {
      return GroupSpec.parse(text, modes);
    } catch (InputException e) {
      throw new InputException("--" + e.getMessage(), e);
    }
  }

  /** Whether predicates, a column or times say which rows are for validation and test. */
  public boolean dividesByRows() {
    return parts.holdRowsOut() || testLast != null || validationLast != null;
  }

  private SplitSpec split() {
    LastRows last = null;
    String option = testLast != null ? "--test-last" : "--validation-last";
    if (testLast != null || validationLast != null) {
      if (time == null) {
        throw new InputException(option + ": needs --time COLUMN, which is missing");
      }
      last =
          new LastRows(
              time, testLast == null ? 0 : testLast, validationLast == null ? 0 : validationLast);
    } else if (time != null) {
      throw new InputException("--time: is for --test-last N, which is missing");
    }
    return parts.spec(last);
  }

  private PairsRequest request(
      List<ModeSpec> specs, Loss loss, @Nullable String positive, Consumer<String> warnings) {
    TableSource source = TableSource.parse(pairs);
    SplitSpec split = split();
    TargetSpec spec =
        TaskTargets.spec(target, loss.task(), positive).withWeights(weight).withRepeats(repeats);
    attributes.checkGoTogether(source, tableNames());
    Map<String, EntityTable> tables =
        EntityTables.read(
            specs,
            attributes.byTable(),
            blocks.forms(tableNames()),
            name -> PairsReader.readIds(source, specs, name),
            warnings);
    tables.forEach((name, table) -> source.checkRows(name, table.size()));
    return new PairsRequest(source, specs, tables, spec, split);
  }
}
