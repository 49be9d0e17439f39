/**
 * What runs in tasks and how it gets there: data and models as bytes, what an executor keeps, a
 * training in one task or shared by several, and the exchange of numbers between these.
 *
 * <p>Nothing here knows stages, columns or data frames of Spark's pipelines: they belong to {@code
 * kronwood.spark}, which uses this package and not the other way round.
 */
@NullMarked
package kronwood.spark.job;

import org.jspecify.annotations.NullMarked;
