package kronwood.io.pairs;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import kronwood.prepared.PreparedWriter;

/** A row on its way into a file of prepared pairs. Used again for other rows. */
final class PreparedRow {
  private final int[] entities;

  /** Targets, or the class. */
  final float[] values;

  int label;
  float weight;
  private long row;
  private int part;

  PreparedRow(int modes, int targets) {
    this.entities = new int[modes];
    this.values = new float[targets];
  }

  /** Reads row, part and entities, the first columns. */
  void read(ResultSet rows) throws SQLException {
    row = rows.getLong(1);
    part = rows.getInt(2);
    for (int k = 0; k < entities.length; k++) {
      entities[k] = rows.getInt(3 + k);
    }
  }

  /** Position of the first column after those. */
  int next() {
    return 3 + entities.length;
  }

  /** The row of the table, counted from 1. */
  long row() {
    return row;
  }

  /** 1 training, 2 validation, 3 test. */
  int part() {
    return part;
  }

  int entity(int mode) {
    return entities[mode];
  }

  boolean isOfSameEntities(PreparedRow other) {
    return part == other.part && Arrays.equals(entities, other.entities);
  }

  void write(PreparedWriter writer, PreparedTargets targets) throws IOException {
    for (int entity : entities) {
      writer.put(entity);
    }
    if (targets.areClasses()) {
      writer.put(label);
    } else {
      for (float value : values) {
        writer.put(value);
      }
    }
    if (targets.areWeighted()) {
      writer.put(weight);
    }
  }
}
