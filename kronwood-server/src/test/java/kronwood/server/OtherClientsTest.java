package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.KronwoodModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs that others wrote understand the service. A program that is not here is skipped. */
class OtherClientsTest {
  private static final Path CURL = Path.of("/usr/bin/curl");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir static Path folder;
  private static KronwoodModel model;
  private static PredictionServer server;

  @BeforeAll
  static void start() throws IOException {
    model = TestModels.pairs(3, 2);
    Path file = folder.resolve("affinity.kron");
    model.save(file);
    server = PredictionServer.start(file, ServerOptions.local().withPort(0), ServerListener.NONE);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int code =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertEquals(0, code, Files.readString(err));
    return Files.readString(out);
  }

  private static String curl(String path, String... options)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(CURL), "curl is not installed");
    List<String> command =
        new ArrayList<>(List.of(CURL.toString(), "--silent", "--show-error", "--max-time", "60"));
    command.addAll(Arrays.asList(options));
    command.add(server.uri().resolve(path).toString());
    return run(command.toArray(String[]::new));
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  @Test
  void curlSendsARequestOfTheOpenInferenceProtocol() throws IOException, InterruptedException {
    String request =
        """
        {
          "id" : "42",
          "inputs" : [
            {
              "name" : "left",
              "shape" : [ 2 ],
              "datatype" : "BYTES",
              "data" : [ "l1", "l2" ]
            },
            {
              "name" : "right",
              "shape" : [ 2 ],
              "datatype" : "BYTES",
              "data" : [ "r0", "r3" ]
            }
          ],
          "outputs" : [
            {
              "name" : "prediction"
            }
          ]
        }
        """;
    JsonNode answer =
        json(
            curl(
                "/v2/models/affinity/infer",
                "--fail",
                "--header",
                "Content-Type: application/json",
                "--data",
                request));
    assertEquals("42", answer.get("id").asString());
    assertEquals(1, answer.get("outputs").size());
    JsonNode data = answer.get("outputs").get(0).get("data");
    assertEquals(model.predict("l2", "r3"), data.get(1).asDouble(), 1e-9);
  }

  @Test
  void curlSendsALargeTableInPartsAndUnpacksTheAnswer() throws IOException, InterruptedException {
    // More than 1 MB: curl asks first whether it may send, and then sends chunks from a pipe.
    int rows = 90_000;
    Path table = folder.resolve("table.csv");
    Files.writeString(
        table,
        IntStream.range(0, rows)
            .mapToObj(i -> "l" + i % TestModels.LEFT + ",r" + i % TestModels.RIGHT + ",comment")
            .collect(Collectors.joining("\n", "left,right,comment\n", "\n")));
    assertTrue(Files.size(table) > 1 << 20);
    for (String how : List.of("Expect: 100-continue", "Transfer-Encoding: chunked")) {
      JsonNode answer =
          json(
              curl(
                  "/invocations",
                  "--fail",
                  "--compressed",
                  "--header",
                  "Content-Type: text/csv",
                  "--header",
                  how,
                  "--data-binary",
                  "@" + table));
      assertEquals(rows, answer.get("predictions").size());
      assertEquals(model.predict("l1", "r5"), answer.get("predictions").get(17).asDouble(), 1e-9);
    }
  }

  @Test
  void curlSeesTheStatusOfARequestThatIsRefused() throws IOException, InterruptedException {
    String said =
        curl(
            "/v1/predict",
            "--header",
            "Content-Type: application/json",
            "--data",
            "{\"pairs\": [[\"l1\", \"nobody\"]]}",
            "--write-out",
            "\n%{http_code} %{content_type}");
    assertTrue(said.endsWith("\n400 application/problem+json"), said);
    assertEquals(
        "/pairs/0/1",
        json(said.lines().findFirst().orElseThrow()).at("/errors/0/pointer").asString());
  }

  @Test
  void theParserOfPrometheusReadsTheMetrics() throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(PYTHON)
            && new ProcessBuilder(PYTHON.toString(), "-c", "import prometheus_client")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("trial.txt").toFile())
                    .start()
                    .waitFor()
                == 0;
    assumeTrue(there, "python3-prometheus-client is not installed");
    try (Client client = new Client(server.uri())) {
      client.json("/v1/predict", "{\"pairs\": [[\"l1\", \"r2\"]]}");
      Path metrics = folder.resolve("metrics.txt");
      Files.write(metrics, client.get("/metrics").body());
      String program =
          """
          import json, sys
          from prometheus_client.parser import text_string_to_metric_families
          families = list(text_string_to_metric_families(open(sys.argv[1]).read()))
          print(json.dumps({f.name: [f.type, len(f.documentation), len(f.samples)] for f in families}))
          """;
      JsonNode families = json(run(PYTHON.toString(), "-c", program, metrics.toString()));
      // The parser takes the ending _total of a counter off.
      for (String counter : List.of("kronwood_requests", "kronwood_predictions")) {
        assertEquals("counter", families.at("/" + counter + "/0").asString(), counter);
        assertTrue(families.at("/" + counter + "/1").asInt() > 0, "it is described");
        assertTrue(families.at("/" + counter + "/2").asInt() > 0, "it has samples");
      }
      assertEquals("histogram", families.at("/kronwood_request_duration_seconds/0").asString());
    }
  }
}
