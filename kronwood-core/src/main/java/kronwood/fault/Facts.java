package kronwood.fault;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a fault. Each is null, or 0 for the row, where it is not known or does not
 * apply.
 *
 * @param file file, query or other source, as the caller named it
 * @param row row in it, counted from 1 without the header
 * @param column name of the column
 * @param table name of the table of entities
 * @param mode name of the mode
 * @param found what was found
 * @param expected what was expected
 * @param remedy the way out
 * @param option name of the option or parameter at fault, with which the message then begins
 */
public record Facts(
    @Nullable String file,
    long row,
    @Nullable String column,
    @Nullable String table,
    @Nullable String mode,
    @Nullable String found,
    @Nullable String expected,
    @Nullable Remedy remedy,
    @Nullable String option) {

  /** Nothing is known. */
  public static final Facts NONE = new Facts(null, 0, null, null, null, null, null, null, null);

  /** In a file. */
  public static Facts inFile(String file) {
    return new Facts(file, 0, null, null, null, null, null, null, null);
  }

  /** About a table of entities. */
  public static Facts ofTable(String table) {
    return new Facts(null, 0, null, table, null, null, null, null, null);
  }

  /** With nothing known but a way out. */
  public static Facts of(Remedy remedy) {
    return NONE.with(remedy);
  }

  /** The same at a row and column. */
  public Facts at(long otherRow, String otherColumn) {
    return new Facts(file, otherRow, otherColumn, table, mode, found, expected, remedy, option);
  }

  /** The same about a column. */
  public Facts inColumn(String otherColumn) {
    return new Facts(file, row, otherColumn, table, mode, found, expected, remedy, option);
  }

  /** The same about a mode and its table. */
  public Facts inMode(String otherMode, String otherTable) {
    return new Facts(file, row, column, otherTable, otherMode, found, expected, remedy, option);
  }

  /** The same with what was found, and what was expected instead. */
  public Facts found(@Nullable String what, String insteadOf) {
    return new Facts(file, row, column, table, mode, what, insteadOf, remedy, option);
  }

  /** The same with a way out, or with none. */
  public Facts with(@Nullable Remedy other) {
    return new Facts(file, row, column, table, mode, found, expected, other, option);
  }

  /** The same with the option at fault, or with none. */
  public Facts withOption(@Nullable String name) {
    return new Facts(file, row, column, table, mode, found, expected, remedy, name);
  }
}
