package kronwood.data;

import java.util.Arrays;
import java.util.List;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * One or several columns of a table as they were written, before an encoder makes features of them.
 * A cell that is missing is null.
 */
public final class Cells {
  private final int columns;
  private final @Nullable String[] cells;

  private Cells(int columns, @Nullable String[] cells) {
    this.columns = columns;
    this.cells = cells;
  }

  /**
   * Cells from a row-major list, which is copied; empty texts are missing.
   *
   * @throws InputException if there is no column or the last row is incomplete
   */
  public static Cells of(int columns, List<? extends @Nullable String> cells) {
    if (columns < 1 || cells.size() % columns != 0) {
      throw new InputException(cells.size() + " cells do not make rows of " + columns + " columns");
    }
    @Nullable String[] copy = new @Nullable String[cells.size()];
    for (int i = 0; i < copy.length; i++) {
      String cell = cells.get(i);
      copy[i] = cell == null || cell.isBlank() ? null : cell;
    }
    return new Cells(columns, copy);
  }

  /** Number of rows. */
  public int entities() {
    return cells.length / columns;
  }

  /** Cells per row. */
  public int columns() {
    return columns;
  }

  /** A cell, null if it is missing. */
  public @Nullable String cell(int entity, int column) {
    return cells[entity * columns + column];
  }

  /** The listed rows only, in that order. */
  public Cells select(int[] entities) {
    @Nullable String[] selected = new @Nullable String[entities.length * columns];
    for (int i = 0; i < entities.length; i++) {
      System.arraycopy(cells, entities[i] * columns, selected, i * columns, columns);
    }
    return new Cells(columns, selected);
  }

  @Override
  public String toString() {
    return Arrays.toString(cells);
  }
}
