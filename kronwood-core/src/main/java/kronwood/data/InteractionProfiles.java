package kronwood.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * What training samples tell of entities: with which entities of the other modes each occurs, and
 * with what target (van Laarhoven, Nabuurs and Marchiori, 2011, for drugs and targets; the rows and
 * columns of the matrix of users and items, for recommenders).
 *
 * <p>A profile has a column for each entity of the tables of the other modes, of several targets
 * for each of them, of more than two classes for each class. Its values are
 *
 * <pre>
 *   numbers              the target less the mean of the training samples
 *   two classes          1 for the positive class, 0 for the negative one and for pairs not listed
 *   more classes         1 in the column of the class
 * </pre>
 *
 * averaged where a pair occurs several times. Cost: a logarithm of the samples for each of them;
 * memory 8 bytes for each stored value.
 */
public final class InteractionProfiles {
  private final Dataset data;
  private final int[] train;

  private InteractionProfiles(Dataset data, int[] train) {
    this.data = data;
    this.train = train;
  }

  /** Whether a table has a profile. */
  public static boolean has(EntityTable table) {
    return table.attributes() instanceof Blocks blocks
        && blocks.blocks().stream().anyMatch(Block.OfProfile.class::isInstance);
  }

  /**
   * A table of a data set, whose profiles are those of the training samples; the same table if it
   * has none.
   *
   * @param position of the table among those of the data set
   * @param train the training samples
   * @throws InputException if no entity of the table occurs twice
   */
  public static EntityTable table(Dataset data, int position, int[] train) {
    return made(data, position, data.tables().get(position), train);
  }

  /**
   * Likewise for the table in another form.
   *
   * @param form with the same entities as the table
   */
  public static EntityTable made(Dataset data, int position, EntityTable form, int[] train) {
    if (!has(form)) {
      return form;
    }
    Features profiles = new InteractionProfiles(data, train).of(position);
    List<Block> blocks = new ArrayList<>();
    for (Block block : ((Blocks) form.attributes()).blocks()) {
      blocks.add(
          block instanceof Block.OfProfile given
              ? new Block.OfProfile(given.weight(), given.kernel(), given.entities(), profiles)
              : block);
    }
    return new EntityTable(form.name(), form.ids(), form.columns(), new Blocks(blocks));
  }

  /**
   * The data set without profiles, where something else is known of the entities: what holds for
   * new ones too. A table of profiles alone keeps them.
   *
   * @return null if that changes nothing
   */
  public static @Nullable Dataset without(Dataset data) {
    List<EntityTable> tables = new ArrayList<>();
    boolean changed = false;
    for (EntityTable table : data.tables()) {
      boolean less = has(table) && !((Blocks) table.attributes()).areProfiles();
      tables.add(less ? without(table) : table);
      changed |= less;
    }
    if (!changed) {
      return null;
    }
    int[] tableOfMode = data.tableOfMode();
    List<Mode> modes = new ArrayList<>();
    for (int k = 0; k < tableOfMode.length; k++) {
      modes.add(new Mode(data.modes().get(k).name(), tables.get(tableOfMode[k])));
    }
    return Dataset.of(modes, data.samples());
  }

  /** As the table would have been made without profiles; one plain block is no sum. */
  private static EntityTable without(EntityTable table) {
    List<Block> left =
        ((Blocks) table.attributes())
            .blocks().stream().filter(block -> !(block instanceof Block.OfProfile)).toList();
    Attributes attributes = new Blocks(left);
    if (left.size() == 1) {
      attributes =
          switch (left.getFirst()) {
            case Block.OfFeatures one when one.kernel().equals(FeatureKernel.LINEAR) ->
                one.features();
            case Block.OfSimilarities one -> one.similarities();
            default -> attributes;
          };
    }
    return new EntityTable(table.name(), table.ids(), table.columns(), attributes);
  }

  private Features of(int position) {
    int[] tableOfMode = data.tableOfMode();
    int width = width();
    int[] firstOfTable = new int[data.tables().size()];
    int columns = 0;
    for (int t = 0; t < firstOfTable.length; t++) {
      firstOfTable[t] = columns;
      if (isBeside(tableOfMode, position, t)) {
        columns = Math.addExact(columns, Math.multiplyExact(width, data.tables().get(t).size()));
      }
    }
    List<SortedMap<Integer, double[]>> rows = new ArrayList<>();
    for (int e = 0; e < data.tables().get(position).size(); e++) {
      rows.add(new TreeMap<>());
    }
    BitSet seen = new BitSet();
    long occurrences = 0;
    double[] mean = means(width);
    EntityTuples tuples = data.samples().tuples();
    for (int sample : train) {
      for (int mode = 0; mode < tableOfMode.length; mode++) {
        if (tableOfMode[mode] == position) {
          SortedMap<Integer, double[]> row = rows.get(tuples.entity(sample, mode));
          seen.set(tuples.entity(sample, mode));
          occurrences++;
          for (int other = 0; other < tableOfMode.length; other++) {
            if (other != mode) {
              int at = firstOfTable[tableOfMode[other]] + width * tuples.entity(sample, other);
              add(row, at, sample, mean);
            }
          }
        }
      }
    }
    if (seen.cardinality() == occurrences) {
      String name = data.tables().get(position).name();
      throw new InputException(
          "no entity of table '"
              + name
              + "' occurs twice in the training samples, so that interaction profiles have nothing"
              + " to tell",
          Facts.ofTable(name).withOption("profile"));
    }
    return sparse(columns, rows);
  }

  /** Whether entities of a table stand beside those of the one that is described. */
  private static boolean isBeside(int[] tableOfMode, int position, int table) {
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      for (int other = 0; other < tableOfMode.length; other++) {
        if (mode != other && tableOfMode[mode] == position && tableOfMode[other] == table) {
          return true;
        }
      }
    }
    return false;
  }

  private int width() {
    return switch (data.samples().targets()) {
      case RealTargets real -> real.names().size();
      case ClassTargets classes -> classes.classes().size() == 2 ? 1 : classes.classes().size();
    };
  }

  private double[] means(int width) {
    double[] mean = new double[width];
    if (data.samples().targets() instanceof RealTargets real) {
      for (int sample : train) {
        for (int c = 0; c < width; c++) {
          mean[c] += real.value(sample, c) / train.length;
        }
      }
    }
    return mean;
  }

  /** Sum and number of what is seen of a pair. */
  private void add(SortedMap<Integer, double[]> row, int at, int sample, double[] mean) {
    switch (data.samples().targets()) {
      case RealTargets real -> {
        for (int c = 0; c < mean.length; c++) {
          addTo(row, at + c, real.value(sample, c) - mean[c]);
        }
      }
      case ClassTargets classes -> {
        int label = classes.label(sample);
        if (mean.length > 1) {
          addTo(row, at + label, 1);
        } else if (label == 1) {
          addTo(row, at, 1);
        }
      }
    }
  }

  private static void addTo(SortedMap<Integer, double[]> row, int column, double value) {
    double[] seen = row.computeIfAbsent(column, _ -> new double[2]);
    seen[0] += value;
    seen[1]++;
  }

  private static Features sparse(int columns, List<SortedMap<Integer, double[]>> rows) {
    int[] starts = new int[rows.size() + 1];
    for (int e = 0; e < rows.size(); e++) {
      starts[e + 1] = Math.addExact(starts[e], rows.get(e).size());
    }
    int[] column = new int[starts[rows.size()]];
    float[] value = new float[column.length];
    int at = 0;
    for (SortedMap<Integer, double[]> row : rows) {
      for (var entry : row.entrySet()) {
        column[at] = entry.getKey();
        value[at++] = (float) (entry.getValue()[0] / entry.getValue()[1]);
      }
    }
    return SparseFeatures.of(columns, starts, column, value);
  }
}
