package kronwood.spark.job;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import kronwood.fault.InputException;
import kronwood.network.Exchange;

/**
 * Sums over processes by recursive doubling: in round k a process swaps what it has with the one
 * whose rank differs in bit k, and both add. Ranks hold neighbouring nodes of the tree of sums, so
 * that these additions are the rest of that tree: with any power of two of processes the sums have
 * the same bits.
 *
 * <p>A sum of n numbers takes log₂ W rounds of 16 + 8 · n bytes each way. Every wait looks up at
 * least twice a second whether the task was killed. A peer that ends, or is silent for {@link
 * #SILENCE_SECONDS}, ends the exchange; whoever gives up says so to its peers.
 */
final class SocketExchange implements Exchange, Closeable {
  /** Longest silence of a peer: its own share of the work between two sums is far shorter. */
  static final int SILENCE_SECONDS = 600;

  private static final long POLL_MILLIS = 500;
  private static final int SPINS = 200;
  private static final int HEADER = 16;
  private static final int LARGEST_MESSAGE = 1 << 16;
  private static final int FAILED = -1;

  /** A process and where it listens. */
  record Peer(String host, int port) {}

  private final List<Link> links;
  private final BooleanSupplier killed;
  private final long silenceNanos;
  private double[] theirs = new double[0];
  private long calls;

  private SocketExchange(List<Link> links, BooleanSupplier killed, long silenceNanos) {
    this.links = links;
    this.killed = killed;
    this.silenceNanos = silenceNanos;
  }

  /**
   * Connects to the partners of all rounds.
   *
   * @param listening this process's own channel, bound; partners of lower rank connect to it
   * @param peers all processes by rank; a power of two
   * @param nonce what all of them agreed on: who does not know it is turned away
   * @param killed asked whether the task was killed
   * @throws IOException if a partner cannot be reached within a minute
   */
  static SocketExchange connect(
      ServerSocketChannel listening,
      int rank,
      List<Peer> peers,
      long nonce,
      BooleanSupplier killed,
      long silenceNanos)
      throws IOException {
    return new SocketExchange(
        Connections.of(listening, rank, peers, nonce, killed), killed, silenceNanos);
  }

  @Override
  public void sum(double[] values, int count) {
    if (theirs.length < count) {
      theirs = new double[count];
    }
    calls++;
    for (Link link : links) {
      swap(link, values, theirs, count);
      for (int i = 0; i < count; i++) {
        values[i] += theirs[i];
      }
    }
  }

  @Override
  public long sum(long value) {
    double[] mine = new double[1];
    double[] other = new double[1];
    long sum = value;
    calls++;
    for (Link link : links) {
      // The bits of a whole number travel as those of a double, which nothing here computes with.
      mine[0] = Double.longBitsToDouble(sum);
      swap(link, mine, other, 1);
      sum += Double.doubleToRawLongBits(other[0]);
    }
    return sum;
  }

  /** Sends numbers and receives as many. */
  private void swap(Link link, double[] mine, double[] other, int count) {
    try {
      ByteBuffer out = link.out.clear();
      ByteBuffer in = link.in;
      out.putLong(calls).putInt(count).putInt(0);
      int sent = fill(out, mine, 0, count);
      out.flip();
      int received = 0;
      boolean header = false;
      int spins = 0;
      long heard = System.nanoTime();
      while (out.hasRemaining() || sent < count || received < count || !header) {
        boolean moved = link.channel.write(out) > 0;
        if (!out.hasRemaining() && sent < count) {
          sent = fill(out.clear(), mine, sent, count);
          out.flip();
        }
        if (received < count || !header) {
          in.compact();
          int read = link.channel.read(in);
          in.flip();
          if (read < 0 && !(header || in.remaining() >= HEADER)) {
            throw new EOFException();
          }
          moved |= read > 0;
          if (!header && in.remaining() >= HEADER) {
            readHeader(link, count);
            header = true;
          }
          if (header) {
            int before = received;
            while (received < count && in.remaining() >= Double.BYTES) {
              other[received++] = in.getDouble();
            }
            if (read < 0 && received < count && received == before) {
              throw new EOFException();
            }
          }
        }
        if (moved) {
          heard = System.nanoTime();
          spins = 0;
        } else if (++spins > SPINS) {
          await(link, out.hasRemaining() || sent < count, heard);
        } else {
          Thread.onSpinWait();
        }
      }
    } catch (IOException e) {
      listenToLastWords(link);
      throw new IllegalStateException(
          link.name() + " has ended or cannot be reached; the log of its executor says why: " + e,
          e);
    }
  }

  /** A peer that is gone may have said why, which is still to be read. */
  private static void listenToLastWords(Link link) {
    ByteBuffer in = link.in;
    try {
      in.compact();
      link.channel.read(in);
      in.flip();
      if (in.remaining() >= HEADER && in.getLong(in.position()) == FAILED) {
        in.getLong();
        in.getInt();
        throw new InputException(message(link, Math.min(in.getInt(), LARGEST_MESSAGE)));
      }
    } catch (IOException nothingMore) {
      in.limit(in.position());
    }
  }

  private static int fill(ByteBuffer out, double[] values, int from, int count) {
    int next = from;
    while (next < count && out.remaining() >= Double.BYTES) {
      out.putDouble(values[next++]);
    }
    return next;
  }

  private void readHeader(Link link, int count) throws IOException {
    long call = link.in.getLong();
    int length = link.in.getInt();
    int failed = link.in.getInt();
    if (call == FAILED) {
      throw new InputException(message(link, Math.min(failed, LARGEST_MESSAGE)));
    }
    if (call != calls || length != count) {
      throw new IllegalStateException(
          "%s sends %d numbers in its sum %d, expected %d in sum %d: workers do not do the same"
              .formatted(link.name(), length, call, count, calls));
    }
  }

  /** Waits until something can be read or written, at most a moment. */
  private void await(Link link, boolean writes, long heard) throws IOException {
    link.key.interestOps(
        writes ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    link.selector.select(POLL_MILLIS);
    link.selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted while waiting for " + link.name());
    }
    Connections.check(
        killed,
        heard + silenceNanos,
        "%s has been silent for %d seconds".formatted(link.name(), silenceNanos / 1_000_000_000L));
  }

  /** What a peer says before it gives up. */
  private static String message(Link link, int length) throws IOException {
    byte[] bytes = new byte[length];
    int got = 0;
    long deadline = System.nanoTime() + 2_000_000_000L;
    while (got < length && System.nanoTime() < deadline) {
      int some = Math.min(length - got, link.in.remaining());
      link.in.get(bytes, got, some);
      got += some;
      link.in.compact();
      int read = got < length ? link.channel.read(link.in) : 0;
      link.in.flip();
      if (read < 0) {
        break;
      }
    }
    return new String(bytes, 0, got, StandardCharsets.UTF_8);
  }

  /**
   * Tells all peers what cannot be done with this input, so that they end with the same message.
   */
  void fail(String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, LARGEST_MESSAGE - HEADER);
    for (Link link : links) {
      ByteBuffer out = link.out.clear();
      out.putLong(FAILED).putInt(0).putInt(length).put(text, 0, length).flip();
      try {
        for (int tries = 0; out.hasRemaining() && tries < 1000; tries++) {
          if (link.channel.write(out) == 0) {
            Connections.sleep(1);
          }
        }
        link.channel.shutdownOutput();
        drain(link);
      } catch (IOException alreadyGone) {
        // It has ended by itself, and needs no message.
        continue;
      }
    }
  }

  /** Reads what a peer has sent: if it were left unread, closing would take back the message. */
  private static void drain(Link link) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(1 << 12);
    for (int tries = 0; tries < 500; tries++) {
      int read = link.channel.read(in.clear());
      if (read < 0) {
        return;
      }
      if (read == 0) {
        Connections.sleep(2);
      }
    }
  }

  /** Closes the connections: peers that still wait for this process fail. */
  @Override
  public void close() throws IOException {
    for (Link link : links) {
      link.selector.close();
      link.channel.close();
    }
  }
}
