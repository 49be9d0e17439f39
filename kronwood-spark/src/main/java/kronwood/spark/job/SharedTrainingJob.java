package kronwood.spark.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainedModel;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;
import kronwood.train.NeuronShare;
import kronwood.train.StopSignal;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * One training in several tasks, each of which holds some of the neurons: barrier tasks, which
 * Spark starts together. They find each other by a single {@code allGather}, whose answers take a
 * second; then numbers go through {@link SocketExchange}.
 *
 * <p>The stage ends in a shuffle: a stage whose results go to the driver Spark would not try again.
 * If a task fails, all begin anew, from the last checkpoint if there are any.
 */
final class SharedTrainingJob {
  /** Longest silence of a worker, and wait for lost executors: an option of Spark's. */
  private static final String SILENCE_OPTION = "spark.kronwood.exchange.timeout";

  private SharedTrainingJob() {}

  /** Spark's closures are serialised. */
  private interface Mapping
      extends Function1<scala.collection.Iterator<Integer>, scala.collection.Iterator<Tasks.Piece>>,
          java.io.Serializable {}

  /**
   * Trains a model.
   *
   * @param workers a power of two
   * @param checkpoints where it is saved after epochs and goes on from, null for nowhere
   * @throws InputException if the network or the cluster cannot be divided like this
   */
  static ModelBytes train(
      SparkSession spark,
      PreparedData data,
      TrainingSettings settings,
      int workers,
      @Nullable CheckpointDir checkpoints) {
    ranges(settings.options(1, 1, 0).network(), workers);
    ClusterChecks.checkBarrier(spark.sparkContext().getConf());
    ClusterChecks.checkSlots(spark, workers);
    int together = Math.min(workers, Tasks.slots(spark));
    return TrainingJob.with(
        spark,
        data,
        sent -> {
          JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
          context.setJobDescription("Kronwood: training by " + workers + " workers");
          String tag = "kronwood-" + UUID.randomUUID();
          context.addJobTag(tag);
          SlotWatch watch =
              new SlotWatch(spark, tag, workers, silenceNanos(spark.sparkContext().getConf()));
          try {
            RDD<Integer> ranks =
                context.parallelize(IntStream.range(0, workers).boxed().toList(), workers).rdd();
            Mapping mapping =
                _ ->
                    CollectionConverters.asScala(
                        worker(sent, settings, workers, together, checkpoints));
            RDD<Tasks.Piece> found =
                ranks
                    .barrier()
                    .mapPartitions(mapping, false, ClassTag$.MODULE$.apply(Tasks.Piece.class));
            List<Tasks.Piece> pieces =
                JavaRDD.fromRDD(found, ClassTag$.MODULE$.apply(Tasks.Piece.class))
                    .repartition(1)
                    .collect();
            return TrainingJob.taken(Tasks.joined(pieces, workers).getFirst(), checkpoints);
          } catch (Exception e) {
            watch.check();
            throw e;
          } finally {
            watch.close();
            context.removeJobTag(tag);
            context.setJobDescription(null);
          }
        });
  }

  /**
   * The neurons of each worker.
   *
   * @throws InputException if they cannot be divided among so many
   */
  static List<NeuronRange> ranges(NetworkOptions network, int workers) {
    if (workers < 1 || Integer.bitCount(workers) != 1) {
      throw InputException.ofOption(
          "workers", "found %d, expected a power of two".formatted(workers));
    }
    return NeuronRange.of(network).divided(workers);
  }

  private static Iterator<Tasks.Piece> worker(
      Broadcast<PreparedData> sent,
      TrainingSettings settings,
      int workers,
      int together,
      @Nullable CheckpointDir checkpoints) {
    BarrierTaskContext context = BarrierTaskContext.get();
    int rank = context.partitionId();
    return Tasks.pieces(
        rank,
        () -> {
          try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(0), workers);
            int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
            PreparedData.Contents contents = sent.value().contents();
            Handshake own =
                Handshake.of(
                    rank,
                    context.stageAttemptNumber(),
                    SparkEnv.get().blockManager().blockManagerId().host(),
                    port,
                    new SecureRandom().nextLong(),
                    sent.value().digest());
            List<Handshake> all = Handshake.agreed(List.of(context.allGather(own.text())));
            try (SocketExchange exchange =
                SocketExchange.connect(
                    listening,
                    rank,
                    all.stream().map(h -> new SocketExchange.Peer(h.host(), h.port())).toList(),
                    all.getFirst().nonce(),
                    context::isInterrupted,
                    silenceNanos(SparkEnv.get().conf()))) {
              Tasks.Resources resources = Tasks.resources(together);
              ModelOptions options =
                  settings.options(resources.cores(), workers * resources.memory(), 0);
              NeuronShare share =
                  new NeuronShare(ranges(options.network(), workers).get(rank), exchange);
              TrainedModel trained =
                  trained(contents, options, settings.plain(), checkpoints, share, exchange);
              return rank == 0 ? TrainingJob.left(trained, checkpoints) : Chunks.of(List.of());
            }
          } catch (IOException e) {
            throw new UncheckedIOException("workers cannot reach each other: " + e, e);
          }
        });
  }

  private static long silenceNanos(SparkConf conf) {
    return conf.getTimeAsSeconds(SILENCE_OPTION, SocketExchange.SILENCE_SECONDS + "s")
        * 1_000_000_000L;
  }

  private static TrainedModel trained(
      PreparedData.Contents contents,
      ModelOptions options,
      boolean plain,
      @Nullable CheckpointDir checkpoints,
      NeuronShare share,
      SocketExchange exchange) {
    try {
      return TrainingJob.trained(
          contents.data(), contents.split(), options, plain, StopSignal.NEVER, checkpoints, share);
    } catch (InputException e) {
      exchange.fail(String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
