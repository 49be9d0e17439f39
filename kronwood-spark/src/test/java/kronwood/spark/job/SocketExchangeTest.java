package kronwood.spark.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kronwood.fault.InputException;
import kronwood.spark.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes in threads of one JVM, over the loopback device. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SocketExchangeTest {
  private static final long LONG = 60_000_000_000L;

  /** What a process does with its exchange. */
  private interface Work<T> {
    T of(int rank, SocketExchange exchange) throws Exception;
  }

  private static <T> List<Future<T>> together(
      int processes, AtomicBoolean killed, long silence, boolean stranger, Work<T> work)
      throws Exception {
    List<ServerSocketChannel> listening = new ArrayList<>();
    List<SocketExchange.Peer> peers = new ArrayList<>();
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    for (int rank = 0; rank < processes; rank++) {
      ServerSocketChannel channel = ServerSocketChannel.open();
      channel.bind(new InetSocketAddress(host, 0));
      listening.add(channel);
      peers.add(
          new SocketExchange.Peer(host, ((InetSocketAddress) channel.getLocalAddress()).getPort()));
    }
    SocketChannel intruder = null;
    if (stranger) {
      // Worker 0 of an earlier attempt, which knows another nonce.
      intruder = SocketChannel.open(new InetSocketAddress(host, peers.getLast().port()));
      intruder.write(ByteBuffer.allocate(12).putLong(1).putInt(0).flip());
    }
    List<Future<T>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(processes)) {
      for (int r = 0; r < processes; r++) {
        int rank = r;
        running.add(
            threads.submit(
                () -> {
                  try (ServerSocketChannel own = listening.get(rank);
                      SocketExchange exchange =
                          SocketExchange.connect(own, rank, peers, 7, killed::get, silence)) {
                    return work.of(rank, exchange);
                  }
                }));
      }
    }
    if (intruder != null) {
      intruder.close();
    }
    return running;
  }

  private static double[] numbers(int rank, int count) {
    Random random = new Random(rank);
    return random.doubles(count).map(x -> (x - 0.5) * Math.exp(20 * x)).toArray();
  }

  /** The tree: neighbours first. */
  private static double[] expected(int from, int to, int count) {
    if (to - from == 1) {
      return numbers(from, count);
    }
    double[] left = expected(from, (from + to) / 2, count);
    double[] right = expected((from + to) / 2, to, count);
    for (int i = 0; i < count; i++) {
      left[i] += right[i];
    }
    return left;
  }

  @Test
  void allGetTheSumsOfTheTreeToTheLastBit() throws Exception {
    for (int processes : new int[] {1, 2, 4, 8}) {
      for (int count : new int[] {0, 1, 3, 8190, 8191, 50_000}) {
        double[] expected = expected(0, processes, count);
        List<Future<double[]>> found =
            together(
                processes,
                new AtomicBoolean(),
                LONG,
                false,
                (rank, exchange) -> {
                  double[] values = numbers(rank, count);
                  exchange.sum(values, count);
                  return values;
                });
        for (Future<double[]> each : found) {
          assertArrayEquals(expected, each.get(), processes + " × " + count);
        }
      }
    }
  }

  @Test
  void manySumsFollowEachOtherAndCountsAreExact() throws Exception {
    long large = 1L << 60;
    List<Future<Long>> found =
        together(
            4,
            new AtomicBoolean(),
            LONG,
            true,
            (rank, exchange) -> {
              long total = 0;
              double[] values = new double[3];
              for (int call = 0; call < 2000; call++) {
                values[call % 3] = rank;
                exchange.sum(values, 1 + call % 3);
                total += exchange.sum(rank);
              }
              return exchange.sum(large + rank - (rank == 3 ? 4 * large : 0)) + total;
            });
    for (Future<Long> each : found) {
      assertEquals(6 + 2000 * 6, each.get());
    }
  }

  private static Throwable failure(Future<?> future) {
    return assertThrows(ExecutionException.class, future::get).getCause();
  }

  @Test
  void aPeerThatEndsEndsAll() throws Exception {
    List<Future<Double>> found =
        together(
            4,
            new AtomicBoolean(),
            LONG,
            false,
            (rank, exchange) -> {
              double[] values = {1};
              for (int call = 0; rank != 2 || call < 3; call++) {
                exchange.sum(values, 1);
              }
              return values[0];
            });
    for (int rank : new int[] {0, 1, 3}) {
      String message = failure(found.get(rank)).getMessage();
      assertTrue(message.contains("has ended or cannot be reached"), message);
    }
  }

  @Test
  void whatOneCannotDoWithItsInputAllSay() throws Exception {
    List<Future<Double>> found =
        together(
            4,
            new AtomicBoolean(),
            LONG,
            false,
            (rank, exchange) -> {
              double[] values = {1};
              try {
                exchange.sum(values, 1);
                if (rank == 1) {
                  throw new InputException("no such table — nowhere");
                }
                exchange.sum(values, 1);
                exchange.sum(values, 1);
              } catch (InputException e) {
                exchange.fail(e.getMessage());
                throw e;
              }
              return values[0];
            });
    for (Future<Double> each : found) {
      assertEquals("no such table — nowhere", failure(each).getMessage());
    }
  }

  @Test
  void aKilledTaskAndASilentPeerEndWithinSeconds() throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    List<Future<Double>> found =
        together(
            2,
            killed,
            LONG,
            false,
            (rank, exchange) -> {
              double[] values = {1};
              if (rank == 1) {
                killed.set(true);
                Thread.sleep(1500);
                return 0.0;
              }
              exchange.sum(values, 1);
              return values[0];
            });
    assertEquals("the task was killed", failure(found.getFirst()).getMessage());
    List<Future<Double>> silent =
        together(
            2,
            new AtomicBoolean(),
            1_000_000_000L,
            false,
            (rank, exchange) -> {
              double[] values = {1};
              if (rank == 1) {
                Thread.sleep(3000);
                return 0.0;
              }
              exchange.sum(values, 1);
              return values[0];
            });
    String message = failure(silent.getFirst()).getMessage();
    assertTrue(message.contains("has been silent for 1 seconds"), message);
  }

  @Test
  void differentCallsAreFound() throws Exception {
    List<Future<Double>> found =
        together(
            2,
            new AtomicBoolean(),
            LONG,
            false,
            (rank, exchange) -> {
              double[] values = {1, 2};
              exchange.sum(values, 1 + rank);
              return values[0];
            });
    assertTrue(failure(found.getFirst()).getMessage().contains("workers do not do the same"));
  }

  @Test
  void workersThatWouldComputeOtherBitsAreRefused() {
    Handshake one = new Handshake(0, 0, "a", 1, 5, "256 bits", "25.0.3", "d1");
    Handshake ipv6 = new Handshake(1, 0, "fe80::1", 2, 6, "256 bits", "25.0.3", "d1");
    List<Handshake> agreed = Handshake.agreed(List.of(ipv6.text(), one.text()));
    assertEquals(List.of(one, ipv6), agreed);
    for (Handshake other :
        List.of(
            new Handshake(1, 0, "b", 2, 6, "512 bits", "25.0.3", "d1"),
            new Handshake(1, 0, "b", 2, 6, "256 bits", "25.0.4", "d1"),
            new Handshake(1, 0, "b", 2, 6, "256 bits", "25.0.3", "d2"))) {
      Refused.in(() -> Handshake.agreed(List.of(one.text(), other.text())), "differs", " on b");
    }
  }
}
