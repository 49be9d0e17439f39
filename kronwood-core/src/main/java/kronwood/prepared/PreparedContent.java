package kronwood.prepared;

import java.util.List;
import kronwood.data.ChunkShuffle;
import kronwood.data.feed.SplitPart;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * What a file of prepared pairs says of its records.
 *
 * @param modes the modes, in the order of a record's entities
 * @param tables the tables of entities, with an id for each number that records hold
 * @param targets names of the targets, or of the one column that holds the class
 * @param classes names of the classes, empty for real targets
 * @param weight name of the column that weights came from, null if all weights are 1
 * @param sizes number of training, validation and test records, which follow each other
 * @param shuffle how records are cut into chunks, and how an epoch orders them
 */
public record PreparedContent(
    List<Mode> modes,
    List<Table> tables,
    List<String> targets,
    List<String> classes,
    @Nullable String weight,
    Sizes sizes,
    ChunkShuffle shuffle) {
  /**
   * A mode.
   *
   * @param column the column that its ids came from, and its name
   * @param table position of its table
   */
  public record Mode(String column, int table) {}

  /**
   * A table of entities.
   *
   * @param name its name
   * @param ids the entities' ids, in increasing order
   */
  public record Table(String name, List<String> ids) {
    /** Copies the list. */
    public Table {
      ids = List.copyOf(ids);
    }
  }

  /**
   * Numbers of records.
   *
   * @param train records to train on
   * @param validation records to validate on
   * @param test records to test on
   */
  public record Sizes(int train, int validation, int test) {
    /** Number of records of a part. */
    public int of(SplitPart part) {
      return switch (part) {
        case TRAIN -> train;
        case VALIDATION -> validation;
        case TEST -> test;
      };
    }

    /** The first record of a part. */
    public int begin(SplitPart part) {
      return switch (part) {
        case TRAIN -> 0;
        case VALIDATION -> train;
        case TEST -> train + validation;
      };
    }

    /** Number of all records. */
    public int all() {
      return train + validation + test;
    }
  }

  /**
   * Copies the lists and checks that they fit together.
   *
   * @throws InputException if not
   */
  public PreparedContent {
    modes = List.copyOf(modes);
    tables = List.copyOf(tables);
    targets = List.copyOf(targets);
    classes = List.copyOf(classes);
    if (modes.isEmpty() || targets.isEmpty()) {
      throw new InputException(modes.size() + " modes and " + targets.size() + " targets");
    }
    for (Mode mode : modes) {
      if (mode.table() < 0 || mode.table() >= tables.size()) {
        throw new InputException(
            "mode '%s' has table %d of %d".formatted(mode.column(), mode.table(), tables.size()));
      }
    }
    long all = (long) sizes.train() + sizes.validation() + sizes.test();
    if (sizes.train() < 1
        || sizes.validation() < 0
        || sizes.test() < 0
        || all > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "%d training, %d validation and %d test records, expected at least 1 to train on and at most %d"
              .formatted(sizes.train(), sizes.validation(), sizes.test(), Integer.MAX_VALUE - 8));
    }
  }

  /** Bytes of a record: 4 for each entity, each target or the class, and the weight if any. */
  public int recordBytes() {
    return Integer.BYTES * (modes.size() + targets.size() + (weight == null ? 0 : 1));
  }

  /** Names of the modes. */
  public List<String> modeNames() {
    return modes.stream().map(Mode::column).toList();
  }
}
