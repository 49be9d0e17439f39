package kronwood.io.pairs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.Mode;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.prepared.PreparedContent;
import kronwood.prepared.PreparedPairs;
import kronwood.prepared.PreparedSamples;
import org.jspecify.annotations.Nullable;

/** A file of prepared pairs that is to be trained on, with the modes and targets asked for. */
public final class PreparedReader implements AutoCloseable {
  private final PreparedPairs pairs;

  private PreparedReader(PreparedPairs pairs) {
    this.pairs = pairs;
  }

  /** Whether a source is named like a file of prepared pairs. */
  public static boolean isPrepared(String source) {
    return source.endsWith(PreparedPairs.ENDING);
  }

  /**
   * Opens a file.
   *
   * @throws InputException if it cannot be read or is damaged, or was prepared for other modes or
   *     targets
   */
  public static PreparedReader open(Path file, List<ModeSpec> modes, TargetSpec target) {
    PreparedPairs pairs = PreparedPairs.open(file);
    boolean fits = false;
    try {
      check(pairs, modes, target);
      fits = true;
      return new PreparedReader(pairs);
    } finally {
      if (!fits) {
        pairs.close();
      }
    }
  }

  private static void check(PreparedPairs pairs, List<ModeSpec> modes, TargetSpec target) {
    PreparedContent content = pairs.content();
    List<String> held = new ArrayList<>();
    for (PreparedContent.Mode mode : content.modes()) {
      held.add(mode.column() + ":" + content.tables().get(mode.table()).name());
    }
    List<String> asked = modes.stream().map(mode -> mode.column() + ":" + mode.table()).toList();
    same(pairs, "modes", String.join(",", held), String.join(",", asked));
    same(pairs, "target", String.join(",", content.targets()), String.join(",", target.columns()));
    int classes = content.classes().size();
    same(
        pairs,
        "targets",
        classes == 0 ? "numbers" : classes == 2 ? "two classes" : classes + " classes",
        switch (target.kind()) {
          case REAL -> "numbers";
          case BINARY -> "two classes";
          case MULTICLASS -> classes == 2 ? "two classes" : Math.max(3, classes) + " classes";
        });
    String positive = target.positiveClass();
    if (positive != null) {
      same(pairs, "positive class", content.classes().getLast(), positive);
    }
    @Nullable String weight = target.weightColumn();
    if (weight != null) {
      same(pairs, "weight", String.valueOf(content.weight()), weight);
    }
  }

  private static void same(PreparedPairs pairs, String what, String held, String asked) {
    if (!held.equals(asked)) {
      throw new InputException(
          "%s: was prepared with %s %s, asked for is %s: give the same, or prepare the pairs anew"
              .formatted(pairs.file(), what, held, asked),
          Facts.inFile(pairs.file().toString()));
    }
  }

  /** The ids of a table's entities that the pairs name. */
  public EntityIds ids(String table) {
    return EntityIds.of(
        pairs.content().tables().stream()
            .filter(held -> held.name().equals(table))
            .findFirst()
            .orElseThrow()
            .ids());
  }

  /** The modes with their tables. */
  public List<Mode> modes(Map<String, EntityTable> tables) {
    List<Mode> modes = new ArrayList<>();
    for (PreparedContent.Mode mode : pairs.content().modes()) {
      EntityTable table = tables.get(pairs.content().tables().get(mode.table()).name());
      if (table == null) {
        throw new InputException("mode '" + mode.column() + "' has no entity table");
      }
      modes.add(new Mode(mode.column(), table));
    }
    return modes;
  }

  /**
   * The samples, read from the file as they are needed, as long as it is open.
   *
   * @throws InputException if an id is in no table
   */
  public PreparedSamples samples(List<Mode> modes) {
    return pairs.samples(modes);
  }

  /**
   * All samples, in memory.
   *
   * @throws InputException if an id is in no table, or the file is damaged
   */
  public TrainingPairs read(List<Mode> modes) {
    int[] rows = new int[pairs.content().sizes().all()];
    Arrays.setAll(rows, i -> i + 1);
    return new TrainingPairs(pairs.dataset(modes), pairs.split(), rows, List.of());
  }

  @Override
  public void close() {
    pairs.close();
  }
}
