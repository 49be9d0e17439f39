package kronwood.spark.job;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a sum over processes takes on the loopback interface: percentiles for processes that do
 * nothing else. Started by {@code latency.sh}; see there.
 */
public final class ExchangeLatency {
  private static final int[] SIZES = {256, 2560};
  private static final int WARM_UP = 20_000;
  private static final int SUMS = 50_000;
  private static final long SILENCE_NANOS = 60_000_000_000L;

  private ExchangeLatency() {}

  /**
   * Runs it.
   *
   * @param args numbers of processes; of a process that this one starts, its rank and their number
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("rank")) {
      take(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      return;
    }
    System.out.println("processes  doubles   p50 us   p90 us   p99 us  p99.9 us");
    for (String processes : args) {
      start(Integer.parseInt(processes));
    }
  }

  private static void start(int count) throws IOException, InterruptedException {
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> said = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    try {
      for (int rank = 0; rank < count; rank++) {
        Process process =
            new ProcessBuilder(
                    System.getProperty("java.home") + File.separator + "bin/java",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ExchangeLatency.class.getName(),
                    "rank",
                    Integer.toString(rank),
                    Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        said.add(
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
      }
      for (BufferedReader each : said) {
        ports.add(each.readLine());
      }
      for (Process process : processes) {
        try (PrintStream out =
            new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
          out.println(String.join(" ", ports));
        }
      }
      said.getFirst().lines().forEach(System.out::println);
      for (Process process : processes) {
        if (process.waitFor() != 0) {
          throw new IllegalStateException("a process has failed");
        }
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static void take(int rank, int count) throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      System.out.println(((InetSocketAddress) listening.getLocalAddress()).getPort());
      String ports =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      List<SocketExchange.Peer> peers =
          Arrays.stream(ports.split(" "))
              .map(port -> new SocketExchange.Peer("127.0.0.1", Integer.parseInt(port)))
              .toList();
      try (SocketExchange exchange =
          SocketExchange.connect(listening, rank, peers, 1, () -> false, SILENCE_NANOS)) {
        for (int size : SIZES) {
          String line = measured(exchange, count, size);
          if (rank == 0) {
            System.out.println(line);
          }
        }
        // Nobody hangs up while another still waits.
        exchange.sum(1);
      }
    }
  }

  private static String measured(SocketExchange exchange, int count, int size) {
    double[] values = new double[size];
    double[] micros = new double[SUMS];
    for (int i = -WARM_UP; i < SUMS; i++) {
      Arrays.fill(values, 1);
      long began = System.nanoTime();
      exchange.sum(values, size);
      if (i >= 0) {
        micros[i] = (System.nanoTime() - began) * 1e-3;
      }
      if (values[size - 1] != count) {
        throw new IllegalStateException("a sum of " + count + " ones is " + values[size - 1]);
      }
    }
    Arrays.sort(micros);
    return String.format(
        Locale.ROOT,
        "%9d %8d %8.1f %8.1f %8.1f %9.1f",
        count,
        size,
        micros[SUMS / 2],
        micros[SUMS / 10 * 9],
        micros[SUMS / 100 * 99],
        micros[SUMS / 1000 * 999]);
  }
}
