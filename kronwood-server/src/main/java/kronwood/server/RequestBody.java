package kronwood.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Reads bodies of requests: all of a body, before it is looked at, and not more than is allowed,
 * not even of what is unpacked.
 *
 * <p>Bodies of all requests together take a share of the heap; a request for which none is left is
 * told to come again.
 */
final class RequestBody {
  private static final int BLOCK = 1 << 14;

  private final int mostBytes;
  private final Duration patience;
  private final AtomicLong left = new AtomicLong(Runtime.getRuntime().maxMemory() / 8);

  RequestBody(int mostBytes, Duration patience) {
    this.mostBytes = mostBytes;
    this.patience = patience;
  }

  /** What is done with a body. */
  @FunctionalInterface
  interface Use<T> {
    T of(byte[] body) throws InterruptedException;
  }

  /**
   * Reads the body and has it used. Its memory is free again afterwards.
   *
   * @throws Problem if it is too long, too slow, not packed as it says, or there is no memory for
   *     it
   * @throws IOException if the client goes away
   */
  <T> T read(Request request, Use<T> use) throws IOException, InterruptedException {
    long length = request.getLength();
    if (length > mostBytes) {
      throw tooLong();
    }
    AtomicLong taken = new AtomicLong();
    try {
      return use.of(bytes(request, Math.max(0, length), taken));
    } finally {
      left.addAndGet(taken.get());
    }
  }

  private byte[] bytes(Request request, long length, AtomicLong taken) throws IOException {
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    long end = System.nanoTime() + patience.toNanos();
    InputStream in = Request.asInputStream(request);
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return drain(in, length, end, taken);
    }
    if (!encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
      throw new Problem(
          415, "Unsupported encoding", "bodies are sent as they are, or packed by gzip");
    }
    // Packed bytes first: a slow client is one of the network, whatever it unpacks to.
    byte[] packed = drain(in, length, end, taken);
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed), BLOCK)) {
      return drain(unpacked, 0, Long.MAX_VALUE, taken);
    } catch (ZipException | EOFException e) {
      throw Problem.bad("the body is not what gzip packs");
    }
  }

  private byte[] drain(InputStream in, long expected, long end, AtomicLong taken)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream((int) Math.min(expected, BLOCK));
    byte[] block = new byte[BLOCK];
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      if (all.size() + read > mostBytes) {
        throw tooLong();
      }
      // Twice: once as bytes, once as what is made of them.
      taken.addAndGet(2L * read);
      if (left.addAndGet(-2L * read) < 0) {
        throw Problem.busy();
      }
      if (end != Long.MAX_VALUE && System.nanoTime() - end > 0) {
        throw new Problem(
            408, "Too slow", "the body took longer than " + patience.toSeconds() + " seconds");
      }
      all.write(block, 0, read);
    }
    return all.toByteArray();
  }

  private Problem tooLong() {
    return new Problem(
        413, "Too large", "a body has at most " + mostBytes + " bytes, unpacked: send several");
  }
}
