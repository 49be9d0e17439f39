package kronwood.io.table;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Takes what it needs of one row of a query. */
@FunctionalInterface
public interface RowReader {
  /** Reads row {@code row}, counted from 1. */
  void read(int row, ResultSet values) throws SQLException;
}
