package kronwood.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a service: the JDK's, or a bare socket for what no client would send. */
final class Client implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  Client(URI base) {
    this.base = base;
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return http.send(builder(path, headers).GET().build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return http.send(
        builder(path, headers).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> json(String path, String body) throws IOException, InterruptedException {
    return post(path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  private HttpRequest.Builder builder(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    return MAPPER.readTree(response.body());
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Sends bytes as they are, and returns what comes back until the service closes or is silent. */
  String raw(String request) throws IOException {
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes as they are, and returns what comes back until the service closes or is silent. */
  String raw(byte[] request) throws IOException {
    try (Socket socket = socket()) {
      socket.setSoTimeout(10_000);
      try {
        new ByteArrayInputStream(request).transferTo(socket.getOutputStream());
        socket.getOutputStream().flush();
      } catch (IOException refusedWhileSending) {
        // What was answered can still be there.
        return read(socket.getInputStream());
      }
      socket.shutdownOutput();
      return read(socket.getInputStream());
    }
  }

  private static String read(InputStream in) {
    StringBuilder text = new StringBuilder();
    byte[] block = new byte[8192];
    try {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        text.append(new String(block, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException closed) {
      text.append("");
    }
    return text.toString();
  }

  Socket socket() throws IOException {
    return new Socket(base.getHost(), base.getPort());
  }

  @Override
  public void close() {
    http.close();
  }
}
