package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kronwood.KronwoodModel;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A model file that is replaced is taken over, or refused, while requests are answered. */
class ReloadTest {
  @TempDir Path folder;

  /** Puts what happens into a queue. */
  private record Queued(BlockingQueue<String> events) implements ServerListener {
    @Override
    public void reloaded(String sha256) {
      events.add(sha256);
    }

    @Override
    public void refused(String why) {
      events.add("refused: " + why);
    }
  }

  @Test
  void everyAnswerIsThatOfTheModelWhoseDigestItNames()
      throws IOException, InterruptedException, ExecutionException {
    Path file = folder.resolve("m.kron");
    Map<String, Double> answers = new HashMap<>();
    List<Path> saved = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      KronwoodModel model = TestModels.pairs(seed, 1);
      Path path = folder.resolve("m" + seed);
      model.save(path);
      saved.add(path);
      answers.put(ModelFile.open(path).sha256(), model.predict("l3", "r2"));
    }
    Files.copy(saved.getFirst(), file);
    BlockingQueue<String> events = new ArrayBlockingQueue<>(100);
    AtomicBoolean done = new AtomicBoolean();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (PredictionServer server =
            PredictionServer.start(file, ServerOptions.local().withPort(0), new Queued(events));
        Client client = new Client(server.uri());
        ExecutorService clients = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int c = 0; c < 3; c++) {
        running.add(clients.submit(() -> ask(client, done, answers, seen)));
      }
      for (int seed = 1; seed < 3; seed++) {
        Path beside = folder.resolve("beside");
        Files.copy(saved.get(seed), beside);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        String digest = events.poll(30, TimeUnit.SECONDS);
        assertEquals(ModelFile.open(file).sha256(), digest);
      }
      Thread.sleep(100);
      done.set(true);
      for (Future<Integer> each : running) {
        assertTrue(each.get() > 0, "requests");
      }
    }
    assertEquals(answers.keySet(), seen);
  }

  private static int ask(
      Client client, AtomicBoolean done, Map<String, Double> answers, Set<String> seen)
      throws IOException, InterruptedException {
    int asked = 0;
    while (!done.get()) {
      HttpResponse<byte[]> response = client.json("/v1/predict", "{\"pairs\": [[\"l3\", \"r2\"]]}");
      assertEquals(200, response.statusCode());
      JsonNode answer = Client.json(response);
      String digest = answer.get("model").asString();
      assertEquals(digest, response.headers().firstValue("Kronwood-Model").orElse(""));
      double expected = answers.getOrDefault(digest, Double.NaN);
      assertEquals(expected, answer.get("predictions").get(0).asDouble(), 1e-9);
      seen.add(digest);
      asked++;
    }
    return asked;
  }

  @Test
  void aFileThatIsNoModelLeavesTheOldOneInPlace() throws IOException, InterruptedException {
    Path file = folder.resolve("m.kron");
    TestModels.pairs(1, 1).save(file);
    BlockingQueue<String> events = new ArrayBlockingQueue<>(100);
    try (PredictionServer server =
            PredictionServer.start(file, ServerOptions.local().withPort(0), new Queued(events));
        Client client = new Client(server.uri())) {
      String before = server.sha256();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
      assertTrue(String.valueOf(events.poll(30, TimeUnit.SECONDS)).startsWith("refused: "));
      assertEquals(before, server.sha256());
      assertEquals(200, client.json("/v1/predict", "{\"pairs\": [[\"l3\", \"r2\"]]}").statusCode());
      Map<String, Double> metrics = PrometheusText.of(Client.text(client.get("/metrics")));
      assertTrue(
          metrics.getOrDefault("kronwood_model_reloads_total{result=\"refused\"}", 0.0) >= 1);
    }
  }
}
