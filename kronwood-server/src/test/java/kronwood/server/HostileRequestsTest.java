package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that no honest client sends get an error of the client's, and harm nobody else. */
class HostileRequestsTest {
  private static final String HOST = "Host: localhost\r\n";
  private static final String JSON = HOST + "Content-Type: application/json\r\n";
  private static final String VALID = "{\"pairs\": [[\"l1\", \"r2\"]]}";

  @TempDir Path folder;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private PredictionServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    Path file = folder.resolve("m.kron");
    TestModels.pairs(1, 1).save(file);
    ServerOptions.Limits limits =
        new ServerOptions.Limits(1 << 16, 1000, 100, 8, 100, Duration.ofSeconds(3));
    server =
        PredictionServer.start(
            file,
            ServerOptions.local().withPort(0).withThreads(1).withLimits(limits),
            new ServerListener() {
              @Override
              public void failed(Throwable failure) {
                failures.add(failure);
              }
            });
    client = new Client(server.uri());
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    assertAnswers();
    assertEquals(List.of(), failures, "failures of the service");
    client.close();
    server.close();
  }

  /** Asks on a new connection: one that was idle may be closed at any time. */
  private void assertAnswers() throws IOException, InterruptedException {
    try (Client fresh = new Client(server.uri())) {
      assertEquals(200, fresh.json("/v1/predict", VALID).statusCode());
    }
  }

  private void refused(String request) throws IOException {
    String answer = client.raw(request);
    assertTrue(
        answer.isEmpty() || answer.matches("(?s)HTTP/1\\.[01] (4\\d\\d|503|505|501) .*"),
        () -> request.substring(0, Math.min(200, request.length())) + "\n" + answer);
  }

  @Test
  void whatIsNotHttp() throws IOException {
    for (String request :
        List.of(
            "\r\n\r\n",
            "hello\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /\u0000 HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /..%2f..%2fetc HTTP/1.1\r\n" + HOST + "\r\n",
            "GET / HTTP/1.1\r\n" + HOST + "X: " + "y".repeat(20_000) + "\r\n\r\n",
            "GET /" + "y".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
      refused(request);
    }
  }

  @Test
  void bodiesThatAreNotWhatTheySay() throws IOException {
    String post = "POST /v1/predict HTTP/1.1\r\n" + JSON;
    String chunked = post + "Transfer-Encoding: chunked\r\n";
    for (String request :
        List.of(
            post + "Content-Length: -1\r\n\r\n",
            post + "Content-Length: 5x\r\n\r\nhello",
            post + "Content-Length: 99999999999999999999\r\n\r\n",
            post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            post + "Content-Length: 500\r\n\r\n" + VALID,
            post + "Content-Length: 1000000000\r\n\r\n{",
            chunked + "\r\nzz\r\nhello\r\n0\r\n\r\n",
            chunked + "\r\n5;" + "e".repeat(20_000) + "\r\nhello\r\n0\r\n\r\n",
            chunked + "\r\nfffffffffffffffff\r\n",
            chunked + "\r\n5\r\nhel",
            post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            post + "Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
            post + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
            post + "Content-Length: 5\r\n\r\nhello",
            post + "Content-Length: 70000\r\n\r\n" + "[".repeat(70_000),
            post + "Content-Length: 60000\r\n\r\n" + "[".repeat(60_000),
            post + "Content-Length: 7\r\n\r\n{\"a\":\"\u00ff")) {
      refused(request);
    }
  }

  @Test
  void aBodyThatUnpacksToMoreThanIsAllowed() throws IOException, InterruptedException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 320; i++) {
        gzip.write(spaces);
      }
    }
    assertTrue(bomb.size() < 1 << 16, "small as long as it is packed");
    assertEquals(
        413,
        client
            .post(
                "/v1/predict",
                bomb.toByteArray(),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                "gzip")
            .statusCode());
  }

  @Test
  void moreRowsThanAreAllowed() throws IOException, InterruptedException {
    String pairs = "[\"l1\",\"r1\"],".repeat(1001);
    String body = "{\"pairs\": [" + pairs.substring(0, pairs.length() - 1) + "]}";
    assertEquals(413, client.json("/v1/predict", body).statusCode());
  }

  @Test
  void clientsThatSendTooSlowly() throws IOException, InterruptedException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Socket socket = client.socket();
      socket.setSoTimeout(20_000);
      String begun =
          i % 2 == 0
              ? "POST /v1/predict HTTP/1.1\r\n" + JSON + "Content-Length: 50\r\n\r\n{"
              : "POST /v1/pre";
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
      slow.add(socket);
    }
    // Others are answered while these wait, though there is one thread that predicts.
    assertAnswers();
    for (Socket socket : slow) {
      byte[] answer = socket.getInputStream().readAllBytes();
      String text = new String(answer, StandardCharsets.ISO_8859_1);
      assertTrue(text.isEmpty() || text.startsWith("HTTP/1.1 408 "), text);
      socket.close();
    }
  }

  @Test
  void aClientThatSendsAByteNowAndThen() throws IOException, InterruptedException {
    try (Socket socket = client.socket()) {
      socket.setSoTimeout(20_000);
      boolean closed = false;
      for (int i = 0; i < 100 && !closed; i++) {
        try {
          socket.getOutputStream().write(i == 0 ? 'G' : i == 1 ? 'E' : 'T');
          Thread.sleep(200);
        } catch (IOException e) {
          closed = true;
        }
      }
      assertTrue(closed, "closed within 20 seconds, though it was never silent for one");
    }
  }

  @Test
  void clientsThatGoAway() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Socket socket = client.socket()) {
        // The connection is reset, and not ended in an orderly way.
        socket.setSoLinger(true, 0);
        String request =
            "POST /v1/predict HTTP/1.1\r\n"
                + JSON
                + "Content-Length: "
                + (i % 2 == 0 ? VALID.length() : 500)
                + "\r\n\r\n"
                + VALID;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
