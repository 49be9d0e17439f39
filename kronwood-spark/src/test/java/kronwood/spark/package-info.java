/** Tests share one local session of Spark, as a process may have but one. */
package kronwood.spark;
