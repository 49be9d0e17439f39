package kronwood.bench.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Requests that no honest client sends, each on a connection of its own, with a valid one now and
 * then, which must be answered. Anything but 4xx, 501, 503 or 505, or a closed connection, is a
 * failure.
 */
final class HostileLoad {
  private static final int VALID_EVERY = 50;
  private static final int MOST_SLOW = 200;
  private static final String JSON = "Host: localhost\r\nContent-Type: application/json\r\n";

  private final URI service;
  private final List<byte[]> valid;
  private final Map<String, Integer> seen = new TreeMap<>();

  HostileLoad(URI service, List<byte[]> valid) {
    this.service = service;
    this.valid = valid;
  }

  void run(int count, PrintStream out) throws IOException {
    Random random = new Random(1);
    List<byte[]> hostile = hostile();
    Deque<ServiceConnection> slow = new ArrayDeque<>();
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(hostile.size() + 2);
      if (kind < hostile.size()) {
        ask(hostile.get(kind));
      } else if (kind == hostile.size()) {
        goAway(random);
      } else {
        beSlow(slow);
      }
      if (i % VALID_EVERY == 0) {
        askWell(random);
      }
    }
    for (ServiceConnection each : slow) {
      each.close();
    }
    askWell(random);
    out.printf(
        "%,d hostile requests in %.1f s; answers: %s%n",
        count, (System.nanoTime() - begun) * 1e-9, seen);
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  private void ask(byte[] request) throws IOException {
    try (ServiceConnection connection = new ServiceConnection(service)) {
      connection.reset();
      int status;
      try {
        status = connection.ask(request);
      } catch (IOException e) {
        count("closed");
        return;
      }
      boolean refused =
          (status >= 400 && status < 500) || status == 501 || status == 503 || status == 505;
      if (!refused) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        throw new IOException(
            "status " + status + " for " + text.substring(0, Math.min(200, text.length())));
      }
      count(Integer.toString(status));
    }
  }

  /** A client that is killed after it has sent a request, or a part of one. */
  private void goAway(Random random) throws IOException {
    try (ServiceConnection connection = new ServiceConnection(service)) {
      connection.reset();
      byte[] whole = valid.get(random.nextInt(valid.size()));
      int length = random.nextBoolean() ? whole.length : random.nextInt(whole.length);
      connection.send(Arrays.copyOf(whole, length));
      count("gone");
    }
  }

  /** A client that begins a request and waits. */
  private void beSlow(Deque<ServiceConnection> slow) throws IOException {
    ServiceConnection connection = new ServiceConnection(service);
    connection.reset();
    connection.send(request("POST /v1/predict HTTP/1.1\r\n" + JSON + "Content-Length: 9\r\n\r\n{"));
    slow.add(connection);
    count("slow");
    if (slow.size() > MOST_SLOW) {
      slow.remove().close();
    }
  }

  private void askWell(Random random) throws IOException {
    try (ServiceConnection connection = new ServiceConnection(service)) {
      connection.reset();
      int status = connection.ask(valid.get(random.nextInt(valid.size())));
      if (status != 200) {
        throw new IOException("a valid request got the status " + status);
      }
      count("valid: 200");
    }
  }

  private static byte[] request(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<byte[]> hostile() throws IOException {
    String post = "POST /v1/predict HTTP/1.1\r\n" + JSON;
    List<byte[]> all = new ArrayList<>();
    for (String text :
        List.of(
            "hello\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET /v2 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "GET /v2 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n",
            "GET /" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
            post + "Content-Length: -1\r\n\r\n",
            post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            post + "Content-Length: 1000000000\r\n\r\n{",
            post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
            post + "Transfer-Encoding: chunked\r\n\r\n5;" + "e".repeat(20_000) + "\r\nhello\r\n",
            post + "Content-Length: 5\r\n\r\nhello",
            post + "Content-Length: 9\r\n\r\n{\"pairs\":",
            post + "Content-Length: 5000\r\n\r\n" + "[".repeat(5000),
            post + "Content-Length: 25\r\n\r\n{\"pairs\": [[\"?\", \"??\"]]} ",
            post + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello")) {
      all.add(request(text));
    }
    all.add(bomb(post));
    return all;
  }

  /** 40 MB of blanks, packed. */
  private static byte[] bomb(String post) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 40; i++) {
        gzip.write(blanks);
      }
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        request(post + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n"));
    packed.writeTo(all);
    return all.toByteArray();
  }
}
