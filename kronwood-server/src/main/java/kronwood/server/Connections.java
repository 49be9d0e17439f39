package kronwood.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections on which no request has begun for long, also where a client sends a byte of
 * one now and then, which is no idleness to a time-out.
 */
final class Connections implements Connection.Listener, AutoCloseable {
  /** Of a connection that is answering a request. */
  private static final long BUSY = Long.MAX_VALUE;

  private final long mostNanos;
  private final Map<Connection, Long> since = new ConcurrentHashMap<>();
  private final Thread thread;

  Connections(Duration most) {
    this.mostNanos = most.toNanos();
    this.thread = Thread.ofPlatform().name("kronwood-connections").daemon().unstarted(this::sweep);
  }

  /** Begins to look after the connections. */
  void start() {
    thread.start();
  }

  @Override
  public void onOpened(Connection connection) {
    since.put(connection, System.nanoTime());
  }

  @Override
  public void onClosed(Connection connection) {
    since.remove(connection);
  }

  /** A request has arrived. */
  void begin(Connection connection) {
    since.computeIfPresent(connection, (_, _) -> BUSY);
  }

  /** A request was answered. */
  void end(Connection connection) {
    since.computeIfPresent(connection, (_, _) -> System.nanoTime());
  }

  private void sweep() {
    try {
      while (true) {
        Thread.sleep(Math.clamp(mostNanos / 4_000_000, 10, 1_000));
        long now = System.nanoTime();
        since.forEach(
            (connection, begun) -> {
              if (begun != BUSY && now - begun > mostNanos) {
                connection.close();
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
