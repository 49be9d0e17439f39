/**
 * Kronwood on Apache Spark: estimators and models that fit into its pipelines.
 *
 * <p>The driver reads tables, sorts them and sends them out once; tasks train and predict with the
 * core alone. Nothing here computes: a model has the bits that the command line trains.
 */
@NullMarked
package kronwood.spark;

import org.jspecify.annotations.NullMarked;
