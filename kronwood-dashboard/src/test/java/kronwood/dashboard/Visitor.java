package kronwood.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Somebody who looks at a dashboard, and presses buttons. */
final class Visitor implements AutoCloseable {
  private final URI page;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Visitor(URI page) {
    this.page = page;
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(page.resolve(path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        request(path, headers).POST(HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Answer to a request that no client would send: all of it, headers too. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(page.getHost(), page.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Opens the stream of events. */
  Events events() throws IOException, InterruptedException {
    return new Events(
        new BufferedReader(
            new InputStreamReader(
                http.send(
                        HttpRequest.newBuilder(page.resolve("events")).build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                    .body(),
                StandardCharsets.UTF_8)));
  }

  /** The last data of each event so far. */
  static final class Events {
    private final BufferedReader from;
    private final Map<String, String> last = new HashMap<>();

    Events(BufferedReader from) {
      this.from = from;
    }

    /** Reads until an event has such data; fails if the stream ends before. */
    String await(String event, Predicate<String> expected) {
      while (true) {
        String data = last.get(event);
        if (data != null && expected.test(data)) {
          return data;
        }
        if (!next()) {
          throw new IllegalStateException("the stream ended before '" + event + "': " + last);
        }
      }
    }

    /** Reads to the end of the stream. */
    Map<String, String> toEnd() {
      boolean more = true;
      while (more) {
        more = next();
      }
      return last;
    }

    private boolean next() {
      try {
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = from.readLine(); line != null; line = from.readLine()) {
          if (line.startsWith("event: ")) {
            name = line.substring(7);
          } else if (line.startsWith("data: ")) {
            data.append(data.isEmpty() ? "" : "\n").append(line.substring(6));
          } else if (line.isEmpty() && !name.isEmpty()) {
            last.put(name, data.toString());
            return true;
          }
        }
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    http.shutdownNow(); // Streams may not have been read to their end.
  }
}
