package kronwood.bench.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Asks a service for single predictions of known pairs: as many as it answers, or so many a second.
 *
 * <p>At a given rate a request has a time at which it is due, and its latency is counted from then
 * on, also if it is sent later because the one before was late.
 */
public final class ServiceLoad {
  /** The options, for the help text. */
  public static final String HELP =
      """
        bench serve load URL PAIRS.csv CONNECTIONS SECONDS [RATE]
                                            single predictions for the first two columns of a table
        bench serve hostile URL PAIRS.csv COUNT
                                            requests that no honest client sends
      """;

  private final URI service;
  private final List<byte[]> requests;

  private ServiceLoad(URI service, List<byte[]> requests) {
    this.service = service;
    this.requests = requests;
  }

  /**
   * Runs the command.
   *
   * @throws IllegalArgumentException if the arguments are not as {@link #HELP} says
   * @throws IOException if the service does not answer as it should
   */
  public static void run(List<String> args, PrintStream out) throws IOException {
    if (args.size() < 4) {
      throw new IllegalArgumentException("expected\n" + HELP);
    }
    URI service = URI.create(args.get(1));
    List<byte[]> requests = requests(Path.of(args.get(2)));
    switch (args.getFirst()) {
      case "load" -> {
        int connections = Integer.parseInt(args.get(3));
        double seconds = Double.parseDouble(args.get(4));
        double rate = args.size() > 5 ? Double.parseDouble(args.get(5)) : 0;
        new ServiceLoad(service, requests).load(connections, seconds, rate, out);
      }
      case "hostile" -> new HostileLoad(service, requests).run(Integer.parseInt(args.get(3)), out);
      default -> throw new IllegalArgumentException("expected\n" + HELP);
    }
  }

  /** A request for each row of a table of pairs. */
  private static List<byte[]> requests(Path pairs) throws IOException {
    List<byte[]> requests = new ArrayList<>();
    List<String> lines = Files.readAllLines(pairs);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      requests.add(
          ServiceConnection.post(
              "/v1/predict", "{\"pairs\":[[\"%s\",\"%s\"]]}".formatted(cells[0], cells[1])));
    }
    return requests;
  }

  private void load(int connections, double seconds, double rate, PrintStream out)
      throws IOException {
    List<Future<long[]>> running = new ArrayList<>();
    long begun = System.nanoTime();
    try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
      for (int c = 0; c < connections; c++) {
        int client = c;
        Callable<long[]> asking =
            () -> ask(client, begun, (long) (seconds * 1e9), rate / connections);
        running.add(clients.submit(asking));
      }
    }
    long[] all = running.stream().flatMapToLong(one -> LongStream.of(of(one))).sorted().toArray();
    double elapsed = (System.nanoTime() - begun) * 1e-9;
    out.printf(
        "%,d answers in %.1f s by %d connections: %,.0f a second; ms: p50 %.2f, p90 %.2f, p99 %.2f,"
            + " p99.9 %.2f, longest %.2f%n",
        all.length,
        elapsed,
        connections,
        all.length / elapsed,
        quantile(all, 0.5),
        quantile(all, 0.9),
        quantile(all, 0.99),
        quantile(all, 0.999),
        quantile(all, 1));
  }

  private static long[] of(Future<long[]> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed", e.getCause());
    }
  }

  private static double quantile(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, (long) (share * sorted.length))] * 1e-6;
  }

  private long[] ask(int client, long begun, long nanos, double rate)
      throws IOException, InterruptedException {
    Random random = new Random(client);
    long[] latencies = new long[1 << 16];
    int count = 0;
    double interval = rate == 0 ? 0 : 1e9 / rate;
    double due = begun + random.nextDouble() * interval;
    try (ServiceConnection connection = new ServiceConnection(service)) {
      while (System.nanoTime() - begun < nanos) {
        long from = System.nanoTime();
        if (rate > 0) {
          long wait = (long) due - from;
          if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
          }
          from = (long) due;
          due += interval;
        }
        int status = connection.ask(requests.get(random.nextInt(requests.size())));
        if (status != 200) {
          throw new IOException("status " + status);
        }
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = System.nanoTime() - from;
      }
    }
    return Arrays.copyOf(latencies, count);
  }
}
