/** Tests of what runs in tasks, without a session of Spark. */
package kronwood.spark.job;
