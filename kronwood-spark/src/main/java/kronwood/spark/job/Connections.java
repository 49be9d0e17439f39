package kronwood.spark.job;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Connects processes that exchange sums, each with its partner of every round. */
final class Connections {
  private static final int CONNECT_SECONDS = 60;

  private Connections() {}

  /**
   * Connects to the partners of all rounds.
   *
   * @param listening this process's own channel, bound; partners of lower rank connect to it
   * @param peers all processes by rank; a power of two
   * @param nonce what all of them agreed on: who does not know it is turned away
   * @param killed asked whether the task was killed
   * @return a connection for each round
   * @throws IOException if a partner cannot be reached
   * @throws IllegalStateException if one does not answer within a minute, or the task was killed
   */
  static List<Link> of(
      ServerSocketChannel listening,
      int rank,
      List<SocketExchange.Peer> peers,
      long nonce,
      BooleanSupplier killed)
      throws IOException {
    int rounds = Integer.numberOfTrailingZeros(peers.size());
    Link[] links = new Link[rounds];
    long deadline = System.nanoTime() + CONNECT_SECONDS * 1_000_000_000L;
    try {
      for (int k = 0; k < rounds; k++) {
        int partner = rank ^ 1 << k;
        if (partner > rank) {
          SocketExchange.Peer peer = peers.get(partner);
          SocketChannel channel = connected(peer, killed, deadline);
          ByteBuffer hello = ByteBuffer.allocate(12).putLong(nonce).putInt(rank).flip();
          while (hello.hasRemaining()) {
            channel.write(hello);
          }
          links[k] = new Link(partner, peer, channel);
        }
      }
      listening.configureBlocking(false);
      while (missing(links)) {
        SocketChannel channel = listening.accept();
        if (channel == null) {
          check(killed, deadline, "partners have not connected within a minute");
          sleep(5);
          continue;
        }
        int partner = greeted(channel, nonce, killed);
        int k = partner < 0 ? -1 : Integer.numberOfTrailingZeros(partner ^ rank);
        boolean expected = k >= 0 && k < rounds && partner == (rank ^ 1 << k) && links[k] == null;
        if (expected) {
          links[k] = new Link(partner, peers.get(partner), channel);
        } else {
          channel.close();
        }
      }
      return List.of(links);
    } catch (IOException | RuntimeException e) {
      for (Link link : links) {
        if (link != null) {
          link.selector.close();
          link.channel.close();
        }
      }
      throw e;
    }
  }

  /** A partner behind a broken switch does not even refuse. */
  private static SocketChannel connected(
      SocketExchange.Peer peer, BooleanSupplier killed, long deadline) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(peer.host(), peer.port()));
      while (!channel.finishConnect()) {
        check(
            killed,
            deadline,
            "%s port %d does not answer within a minute".formatted(peer.host(), peer.port()));
        sleep(5);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean missing(Link[] links) {
    for (Link link : links) {
      if (link == null) {
        return true;
      }
    }
    return false;
  }

  /** Rank of a process that knows the nonce, −1 of a stranger. */
  private static int greeted(SocketChannel channel, long nonce, BooleanSupplier killed)
      throws IOException {
    channel.configureBlocking(false);
    ByteBuffer hello = ByteBuffer.allocate(12);
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (hello.hasRemaining()) {
      int read = channel.read(hello);
      if (read < 0 || System.nanoTime() > deadline) {
        return -1;
      }
      if (read == 0) {
        check(killed, Long.MAX_VALUE, "");
        sleep(1);
      }
    }
    return hello.flip().getLong() == nonce ? hello.getInt() : -1;
  }

  static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for other workers", e);
    }
  }

  /** Ends the wait of a task that was killed, or at a deadline. */
  static void check(BooleanSupplier killed, long deadline, String late) {
    if (killed.getAsBoolean()) {
      throw new IllegalStateException("the task was killed");
    }
    if (System.nanoTime() - deadline > 0 && deadline != Long.MAX_VALUE) {
      throw new IllegalStateException(late);
    }
  }
}
