/**
 * Tables of any source, read cell by cell through the embedded database: CSV, Parquet, JSON, idx
 * files, database files, queries; and files written through it.
 *
 * <p>What a row or a column means belongs to the packages after this one. The database and its
 * tables are for this module alone, though other packages of it must see them.
 */
@NullMarked
package kronwood.io.table;

import org.jspecify.annotations.NullMarked;
