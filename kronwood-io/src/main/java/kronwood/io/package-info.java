/**
 * Tables in and out of files: entities, similarities and samples read from CSV, Parquet, JSON,
 * DuckDB databases and SQL queries, and predictions written back.
 *
 * <p>Everything goes through an embedded in-memory DuckDB without network and without extensions
 * other than the built-in ones. Whatever is wrong with what the user brought becomes an {@link
 * InputException} that names file, row and column. What tables mean for training does not belong
 * here; it is in {@code kronwood.data} and the packages after it.
 */
@NullMarked
package kronwood.io;

import org.jspecify.annotations.NullMarked;
