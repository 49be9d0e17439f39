package kronwood.server;

import static kronwood.server.ServedPairs.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Who may ask a service and under which address, what it says of itself, and what cannot be served.
 */
class ServiceAccessTest {
  @TempDir static Path folder;
  private static ServedPairs served;
  private static PredictionServer server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    served = new ServedPairs(folder);
    server = served.server();
    client = served.client();
  }

  @AfterAll
  static void end() {
    served.close();
  }

  private static JsonNode ok(HttpResponse<byte[]> response) {
    return served.ok(response);
  }

  @Test
  void doesNotAnswerUnderANameOrToAPageOfAStranger() throws IOException, InterruptedException {
    for (String host :
        List.of("evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example")) {
      String answer = client.raw("GET /v2 HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
    }
    String localhost =
        client.raw("GET /v2 HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n");
    assertTrue(localhost.startsWith("HTTP/1.1 200 "), localhost);
    refused(403, client.get("/v2", "Origin", "http://evil.example"), "origin");
    refused(403, client.get("/v2", "Origin", "null"));
    String own = "http://127.0.0.1:" + server.uri().getPort();
    HttpResponse<byte[]> answer = client.get("/v2", "Origin", own);
    assertEquals(200, answer.statusCode());
    assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
  }

  @Test
  void aTokenIsNeededIfThereIsOne() throws IOException, InterruptedException {
    String token = "0123456789abcdef";
    try (PredictionServer guarded =
            PredictionServer.start(
                folder.resolve("affinity.kron"),
                ServerOptions.local().withPort(0).withToken(token),
                ServerListener.NONE);
        Client asking = new Client(guarded.uri())) {
      assertEquals(200, asking.get("/v2/health/live").statusCode());
      refused(401, asking.get("/v2"), "Bearer");
      refused(401, asking.get("/v2", "Authorization", "Bearer 0123456789abcdeg"));
      refused(401, asking.get("/metrics", "Authorization", token));
      assertEquals(200, asking.get("/v2", "Authorization", "Bearer " + token).statusCode());
    }
  }

  @Test
  void pathsMayBeginWithABase() throws IOException, InterruptedException {
    try (PredictionServer based =
            PredictionServer.start(
                folder.resolve("affinity.kron"),
                ServerOptions.local().withPort(0).withBasePath("/models/a"),
                ServerListener.NONE);
        Client asking = new Client(based.uri())) {
      assertEquals("/models/a/", based.uri().getPath());
      assertEquals(200, asking.get("/models/a/v2/health/ready").statusCode());
      refused(404, asking.get("/v2/health/ready"));
    }
  }

  @Test
  void theExamplesOfItsDescriptionAreAnswered() throws IOException, InterruptedException {
    JsonNode description = ok(client.get("/openapi.json"));
    assertEquals("3.1.0", description.get("openapi").asString());
    int asked = 0;
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      JsonNode example =
          path.getValue()
              .path("post")
              .path("requestBody")
              .path("content")
              .path("application/json")
              .path("example");
      HttpResponse<byte[]> answer =
          example.isMissingNode()
              ? client.get(path.getKey())
              : client.json(path.getKey(), example.toString());
      assertEquals(200, answer.statusCode(), path.getKey() + Client.text(answer));
      asked++;
    }
    assertTrue(asked >= 8, "paths " + asked);
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws IOException, InterruptedException {
    HttpResponse<byte[]> page = client.get("/");
    assertEquals("text/html; charset=utf-8", page.headers().firstValue("Content-Type").orElse(""));
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'"), policy);
    assertFalse(Client.text(page).contains("http"), "no address in the page");
    assertEquals(200, client.get("/try.js").statusCode());
    assertEquals(200, client.get("/try.css").statusCode());
  }

  @Test
  void metricsCountRequestsAndRows() throws IOException, InterruptedException {
    Map<String, Double> before = PrometheusText.of(Client.text(client.get("/metrics")));
    ok(client.json("/v1/predict", "{\"pairs\": [[\"l1\", \"r2\"], [\"l1\", \"r3\"]]}"));
    Map<String, Double> after = PrometheusText.of(Client.text(client.get("/metrics")));
    String requests = "kronwood_requests_total{route=\"/v1/predict\",code=\"200\"}";
    assertEquals(
        before.getOrDefault(requests, 0.0) + 1, after.getOrDefault(requests, 0.0), requests);
    String rows = "kronwood_predictions_total";
    assertEquals(before.getOrDefault(rows, 0.0) + 2, after.getOrDefault(rows, 0.0), rows);
    assertEquals(1, after.get("kronwood_model_info{sha256=\"" + server.sha256() + "\"}"));
    String count = "kronwood_request_duration_seconds_count{route=\"/v1/predict\"}";
    String last = "kronwood_request_duration_seconds_bucket{route=\"/v1/predict\",le=\"+Inf\"}";
    assertEquals(after.get(count), after.get(last));
  }

  @Test
  void whatCannotBeServedIsSaidBeforehand() throws IOException {
    InputException taken =
        assertThrows(
            InputException.class,
            () ->
                PredictionServer.start(
                    folder.resolve("affinity.kron"),
                    ServerOptions.local().withPort(server.uri().getPort()),
                    ServerListener.NONE));
    assertTrue(String.valueOf(taken.getMessage()).contains("is taken"), taken::getMessage);
    ServerOptions local = ServerOptions.local();
    assertThrows(
        InputException.class,
        () ->
            new ServerOptions(
                "0.0.0.0", 0, "", "", 1, ServerOptions.Limits.DEFAULT, local.cacheBytes()));
    assertThrows(InputException.class, () -> local.withToken("short"));
    assertThrows(InputException.class, () -> local.withBasePath("models"));
    assertThrows(InputException.class, () -> local.withPort(70_000));
    Path broken = folder.resolve("broken.kron");
    Files.writeString(broken, "not a model");
    assertThrows(
        IOException.class,
        () -> PredictionServer.start(broken, local.withPort(0), ServerListener.NONE));
  }
}
