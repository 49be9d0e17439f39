package kronwood.io.pairs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kronwood.data.ClassTargets;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Targets;
import kronwood.fault.InputException;
import kronwood.io.table.Listing;
import kronwood.io.table.SourceTable;

/**
 * Finds samples of the same entities with different targets. Open addressing over the tuples
 * themselves: 8 bytes a sample at most, no object per sample.
 */
final class DuplicateTuples {
  private DuplicateTuples() {}

  /**
   * Checks samples.
   *
   * @param rows the row of each sample, counted from 1
   * @throws InputException naming both rows and targets of the first such pair of samples
   */
  static void check(
      PairsTable pairs,
      List<ModeSpec> modes,
      Map<String, EntityIds> known,
      EntityTuples tuples,
      Targets targets,
      int[] rows) {
    int size = Integer.highestOneBit(Math.max(8, Math.min(tuples.size(), 1 << 29))) << 1;
    int[] slots = new int[size];
    Arrays.fill(slots, -1);
    for (int i = 0; i < tuples.size(); i++) {
      int slot = hash(tuples, i) & (size - 1);
      while (slots[slot] >= 0 && !sameEntities(tuples, slots[slot], i)) {
        slot = (slot + 1) & (size - 1);
      }
      if (slots[slot] < 0) {
        slots[slot] = i;
      } else if (different(targets, slots[slot], i)) {
        int earlier = slots[slot];
        SourceTable source = pairs.table().source();
        throw new InputException(
            "%s: %s and %s hold the same entities (%s) with different targets: %s and %s; keep one"
                    .formatted(
                        source.source(),
                        source.rowName(rows[earlier]),
                        source.rowName(rows[i]),
                        PairsTable.words(modes, known, tuples, i),
                        words(targets, earlier),
                        words(targets, i))
                + " of them, or average them in a query (sql:SELECT …)");
      }
    }
  }

  private static int hash(EntityTuples tuples, int tuple) {
    int hash = 0;
    for (int k = 0; k < tuples.modes(); k++) {
      hash = 0x9E3779B1 * (Integer.rotateLeft(hash, 15) ^ tuples.entity(tuple, k));
    }
    return hash ^ (hash >>> 16);
  }

  private static boolean sameEntities(EntityTuples tuples, int a, int b) {
    for (int k = 0; k < tuples.modes(); k++) {
      if (tuples.entity(a, k) != tuples.entity(b, k)) {
        return false;
      }
    }
    return true;
  }

  private static boolean different(Targets targets, int a, int b) {
    return switch (targets) {
      case ClassTargets classes -> classes.label(a) != classes.label(b);
      case RealTargets reals -> {
        boolean different = false;
        for (int c = 0; c < reals.outputs(); c++) {
          different |= reals.value(a, c) != reals.value(b, c);
        }
        yield different;
      }
    };
  }

  private static String words(Targets targets, int sample) {
    return switch (targets) {
      case ClassTargets classes ->
          classes.names().getFirst()
              + " "
              + Listing.quoted(classes.classes().get(classes.label(sample)));
      case RealTargets reals -> {
        StringBuilder words = new StringBuilder();
        for (int c = 0; c < reals.outputs(); c++) {
          words.append(c == 0 ? "" : ", ").append(reals.names().get(c)).append(' ');
          words.append(reals.value(sample, c));
        }
        yield words.toString();
      }
    };
  }
}
