package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import kronwood.KronwoodModel;
import tools.jackson.databind.JsonNode;

/** A service of a model of pairs, a client that asks it, and what its answers must be. */
final class ServedPairs implements AutoCloseable {
  private final KronwoodModel model = TestModels.pairs(1, 2);
  private final PredictionServer server;
  private final Client client;

  ServedPairs(Path folder) throws IOException {
    Path file = folder.resolve("affinity.kron");
    model.save(file);
    server = PredictionServer.start(file, ServerOptions.local().withPort(0), ServerListener.NONE);
    client = new Client(server.uri());
  }

  KronwoodModel model() {
    return model;
  }

  PredictionServer server() {
    return server;
  }

  Client client() {
    return client;
  }

  /** The JSON of an answer that is one. */
  JsonNode ok(HttpResponse<byte[]> response) {
    assertEquals(200, response.statusCode(), () -> Client.text(response));
    assertEquals(List.of(server.sha256()), response.headers().allValues("Kronwood-Model"));
    return Client.json(response);
  }

  static void refused(int status, HttpResponse<byte[]> response, String... parts) {
    String text = Client.text(response);
    assertEquals(status, response.statusCode(), text);
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    JsonNode problem = Client.json(response);
    assertEquals(status, problem.get("status").asInt());
    assertEquals(problem.get("detail"), problem.get("error"));
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "'" + part + "' is not in " + text);
    }
    assertFalse(text.contains("java.") || text.contains("Exception"), text);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
