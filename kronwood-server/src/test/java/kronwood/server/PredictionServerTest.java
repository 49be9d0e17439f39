package kronwood.server;

import static kronwood.server.ServedPairs.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import kronwood.KronwoodModel;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A service answers what the library predicts, by every protocol, and says what it refuses. */
class PredictionServerTest {
  private static final String NEW_LEFT =
      "\"entities\": {\"left\": {\"N1\": {\"f1\": 0.5, \"f2\": -1, \"f3\": 2}}}";

  @TempDir static Path folder;

  private static ServedPairs served;
  private static KronwoodModel model;
  private static PredictionServer server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    served = new ServedPairs(folder);
    model = served.model();
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

  private static double predict(String left, String right) {
    return model.predict(left, right);
  }

  @Test
  void predictsKnownPairsInJson() throws IOException, InterruptedException {
    JsonNode answer =
        ok(
            client.json(
                "/v1/predict",
                "{\"pairs\": [[\"l1\", \"r2\"], {\"right\":\"r0\",\"left\":\"l7\"}]}"));
    assertEquals(server.sha256(), answer.get("model").asString());
    assertEquals(predict("l1", "r2"), answer.get("predictions").get(0).asDouble(), 1e-9);
    assertEquals(predict("l7", "r0"), answer.get("predictions").get(1).asDouble(), 1e-9);
    assertTrue(answer.get("deviations").get(1).asDouble() > 0);
  }

  @Test
  void predictsNewEntitiesAsTheLibraryDoes() throws IOException, InterruptedException {
    KronwoodModel knowing = model.withEntity("left", "N1", Map.of("f1", 0.5, "f2", -1, "f3", 2));
    double expected = knowing.predict("N1", "r3");
    JsonNode answer =
        ok(
            client.json(
                "/v1/predict",
                "{\"pairs\": [[\"N1\", \"r3\"], [\"l0\", \"r3\"]], " + NEW_LEFT + "}"));
    assertEquals(expected, answer.get("predictions").get(0).asDouble(), 1e-6);
    assertEquals(predict("l0", "r3"), answer.get("predictions").get(1).asDouble(), 1e-9);
    JsonNode table =
        ok(
            client.post(
                "/invocations",
                "left.f1,left.f2,left.f3,right\n0.5,-1,2,r3\n".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "text/csv"));
    assertEquals(expected, table.get("predictions").get(0).asDouble(), 1e-6);
  }

  @Test
  void ranksAsTheLibraryDoes() throws IOException, InterruptedException {
    List<KronwoodModel.Scored> expected = model.rank("right", 3, "l2");
    JsonNode results =
        ok(client.json(
                "/v1/rank", "{\"mode\": \"right\", \"given\": {\"left\": \"l2\"}, \"top_n\": 3}"))
            .get("results");
    assertEquals(3, results.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(expected.get(i).id(), results.get(i).get("id").asString());
      assertEquals(expected.get(i).prediction(), results.get(i).get("score").asDouble(), 1e-9);
      assertEquals(expected.get(i).deviation(), results.get(i).get("sd").asDouble(), 1e-9);
    }
    JsonNode chosen =
        ok(client.json(
                "/v1/rank",
                "{\"mode\": \"left\", \"given\": {\"right\": \"r1\"}, \"candidates\": [\"N1\","
                    + " \"l3\", \"l4\"], \"exclude\": [\"l4\"], "
                    + NEW_LEFT
                    + "}"))
            .get("results");
    assertEquals(2, chosen.size());
  }

  @Test
  void speaksTheOpenInferenceProtocol() throws IOException, InterruptedException {
    assertTrue(ok(client.get("/v2/health/live")).get("live").asBoolean());
    assertTrue(ok(client.get("/v2/models/affinity/ready")).get("ready").asBoolean());
    JsonNode metadata = ok(client.get("/v2/models/affinity"));
    assertEquals(server.sha256(), metadata.get("versions").get(0).asString());
    String inputs =
        """
        {"id": "7", "inputs": [
          {"name": "left", "shape": [2, 1], "datatype": "BYTES", "data": [["l1"], ["l2"]]},
          {"name": "right", "shape": [2], "datatype": "BYTES", "data": ["r1", "r2"]}]}\
        """;
    JsonNode answer =
        ok(client.json("/v2/models/affinity/versions/" + server.sha256() + "/infer", inputs));
    assertEquals("7", answer.get("id").asString());
    JsonNode prediction = answer.get("outputs").get(0);
    assertEquals("prediction", prediction.get("name").asString());
    assertEquals("[2,1]", prediction.get("shape").toString());
    assertEquals(predict("l2", "r2"), prediction.get("data").get(1).asDouble(), 1e-9);
    assertEquals("prediction_sd", answer.get("outputs").get(1).get("name").asString());
    JsonNode features =
        ok(
            client.json(
                "/v2/models/affinity/infer",
                """
                {"inputs": [
                  {"name": "left", "shape": [1, 3], "datatype": "FP32", "data": [0.5, -1, 2]},
                  {"name": "right", "shape": [1], "datatype": "BYTES", "data": ["r3"]}]}\
                """));
    double expected =
        model.withEntity("left", "N", Map.of("f1", 0.5, "f2", -1, "f3", 2)).predict("N", "r3");
    assertEquals(expected, features.get("outputs").get(0).get("data").get(0).asDouble(), 1e-6);
  }

  @Test
  void takesAndGivesBinaryTensors() throws IOException, InterruptedException {
    byte[] header =
        """
        {"inputs": [
          {"name": "left", "shape": [1], "datatype": "BYTES",
           "parameters": {"binary_data_size": 6}},
          {"name": "right", "shape": [1], "datatype": "BYTES",
           "parameters": {"binary_data_size": 6}}],
         "outputs": [{"name": "prediction", "parameters": {"binary_data": true}}]}\
        """
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(header.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    body.put(header).putInt(2).put("l4".getBytes(StandardCharsets.UTF_8));
    body.putInt(2).put("r5".getBytes(StandardCharsets.UTF_8));
    HttpResponse<byte[]> response =
        client.post(
            "/v2/models/affinity/infer",
            body.array(),
            InferenceProtocol.LENGTH,
            Integer.toString(header.length));
    assertEquals(200, response.statusCode(), () -> Client.text(response));
    int length =
        Integer.parseInt(response.headers().firstValue(InferenceProtocol.LENGTH).orElse("0"));
    ByteBuffer answer = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(length + 8, answer.capacity());
    assertEquals(predict("l4", "r5"), answer.getDouble(length), 1e-9);
  }

  @Test
  void takesTheShapesOfMlflow() throws IOException, InterruptedException {
    double expected = predict("l3", "r4");
    for (String body :
        List.of(
            "{\"dataframe_split\": {\"columns\": [\"right\", \"left\"], \"data\": [[\"r4\","
                + " \"l3\"]]}}",
            "{\"dataframe_records\": [{\"left\": \"l3\", \"right\": \"r4\"}]}",
            "{\"instances\": [[\"l3\", \"r4\"]]}",
            "{\"inputs\": {\"left\": [\"l3\"], \"right\": [\"r4\"]}}")) {
      JsonNode answer = ok(client.json("/invocations", body));
      assertEquals(1, answer.get("predictions").size(), body);
      assertEquals(expected, answer.get("predictions").get(0).asDouble(), 1e-9, body);
    }
    assertEquals(200, client.get("/ping").statusCode());
    assertEquals(200, client.get("/health").statusCode());
  }

  @Test
  void readsAndWritesCsvAndGzip() throws IOException, InterruptedException {
    StringBuilder csv = new StringBuilder("right,\"left\"\r\n");
    for (int i = 0; i < 200; i++) {
      csv.append('r').append(i % TestModels.RIGHT).append(",l").append(i % 8).append("\r\n");
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(csv.toString().getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<byte[]> response =
        client.post(
            "/v1/predict",
            packed.toByteArray(),
            "Content-Type",
            "text/csv",
            "Content-Encoding",
            "gzip",
            "Accept",
            "text/csv",
            "Accept-Encoding",
            "gzip");
    assertEquals(200, response.statusCode());
    assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElse(""));
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(),
            StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    assertEquals(201, lines.size());
    assertEquals("score,score_sd", lines.getFirst());
    double found = Double.parseDouble(lines.get(4).substring(0, lines.get(4).indexOf(',')));
    assertEquals(predict("l3", "r3"), found, 1e-9);
  }

  @Test
  void errorsSayWhereAndWhat() throws IOException, InterruptedException {
    refused(
        400,
        client.json("/v1/predict", "{\"pairs\": [[\"l1\", \"r2\"], [\"l1\", \"x\"]]}"),
        "\"pointer\":\"/pairs/1/1\"",
        "'x' is not among the 6 entities");
    refused(
        400,
        client.json(
            "/v1/predict",
            "{\"pairs\": [[\"N\", \"r2\"]], \"entities\": {\"left\": {\"N\": {\"f1\": 1, \"f3\":"
                + " \"a\"}}}}"),
        "/entities/left/N/f2",
        "is missing",
        "/entities/left/N/f3",
        "no finite number");
    refused(
        400,
        client.post(
            "/invocations",
            "left,right\nl1,r1\nl1,nobody\n".getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "text/csv"),
        "row 2, column right");
    refused(400, client.json("/v1/predict", "{\"pairs\": [[1"), "line 1, column");
    refused(400, client.json("/v1/predict", "[]"), "no JSON object");
    refused(400, client.json("/v1/predict", ""), "no body");
    refused(400, client.json("/v1/predict", "{\"pairs\": [[\"l1\"]]}"), "/pairs/0");
    refused(400, client.json("/v1/rank", "{\"mode\": \"up\"}"), "/mode", "left, right");
    refused(
        400,
        client.json(
            "/v1/rank", "{\"mode\": \"left\", \"given\": {\"right\": \"r1\"}, \"top_n\": 1e9}"),
        "/top_n");
    refused(400, client.json("/v2/models/affinity/infer", "{}"), "/inputs");
    refused(404, client.json("/v2/models/other/infer", "{}"), "openapi.json");
    refused(404, client.get("/v3"));
    refused(405, client.get("/v1/predict"), "POST");
    refused(415, client.post("/v1/predict", new byte[1], "Content-Type", "image/png"), "text/csv");
  }

  @Test
  void withoutAGridAnswersAreTheSame() throws IOException {
    Path file = folder.resolve("affinity.kron");
    ServedModel looked = ServedModel.of("a", ModelFile.open(file), 1, 1 << 20);
    ServedModel made = ServedModel.of("a", ModelFile.open(file), 1, 0);
    Query.Builder few = new Query.Builder(looked.modes(), 1000);
    Query.Builder many = new Query.Builder(looked.modes(), 1000);
    for (int i = 0; i < 20; i++) {
      few.add("left", "l" + i % 3);
      few.add("right", "r" + i % TestModels.RIGHT);
      many.add("left", "l" + i % TestModels.LEFT);
      many.add("right", "r" + i % TestModels.RIGHT);
    }
    for (Query.Builder builder : List.of(few, many)) {
      Query query = builder.query((row, mode) -> "");
      assertArrayEquals(looked.predict(query).values(), made.predict(query).values(), 1e-9);
      assertArrayEquals(looked.predict(query).deviations(), made.predict(query).deviations(), 1e-9);
    }
  }
}
