package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The option {@code --dashboard}; what the page shows, the tests of kronwood-dashboard ask. */
@Timeout(120)
class DashboardCommandTest {
  private static final String ADDRESS = "kronwood: dashboard: (http://127\\.0\\.0\\.1:\\d+/\\w+/)";

  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void write() throws IOException {
    data = TinyData.in(folder);
  }

  private static void press(String button, String address)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address).resolve(button))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
    }
  }

  /** Opens the page's stream, and reads it until what a section shows has a text. */
  private static void awaitSection(String address, String section, String text)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address).resolve("events")).GET().build();
      boolean[] within = {false};
      try (Stream<String> lines =
          client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
        assertTrue(
            lines.anyMatch(
                line -> {
                  within[0] =
                      line.isEmpty() ? false : within[0] || line.equals("event: " + section);
                  return within[0] && line.contains(text);
                }),
            "the stream ended without '" + text + "' in " + section);
      } finally {
        client.shutdownNow();
      }
    }
  }

  @Test
  void aPortThatCannotBeTakenIsOneMessageAndNothingIsWritten() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      Run.refused(folder, data.train("--dashboard=" + port), "port " + port + " is taken");
      Run.refused(folder, data.train("--dashboard", port), "port " + port + " is taken");
    }
    Run.refused(folder, data.train("--dashboard=70000"), "0 to 65535");
    Run.refused(folder, data.train("--dashboard=here"), "--dashboard", "'here'");
  }

  @Test
  void theModelHasTheBytesItHasWithoutAPage() throws IOException {
    String[] args = data.train("--epochs=3", "--quiet", "--dashboard");
    Run watched = Run.well(args);
    assertTrue(watched.err().matches("(?s)" + ADDRESS + "\\R"), watched.err());
    Path model = Path.of(data.path("model.kron"));
    byte[] bytes = Files.readAllBytes(model);
    Files.delete(model);
    Run.well(data.train("--epochs=3", "--quiet"));
    assertArrayEquals(Files.readAllBytes(model), bytes);
  }

  @Test
  void aTrainingThatThePageStopsIsSavedAsAfterCtrlC()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    RunningCommand running =
        new RunningCommand(data.train("--epochs=100000", "--progress=plain", "--dashboard=0"));
    String address = running.await(ADDRESS);
    running.await("(epoch 2/)");
    press("lower", address);
    press("pause", address);
    press("stop", address);
    Run run = running.end();
    assertEquals(ExitCodes.INTERRUPTED, run.code(), run::toString);
    assertTrue(Files.exists(Path.of(data.path("model.kron"))));
    assertTrue(run.err().contains("the model was saved to"), run.err());
    Run inspected = Run.well("inspect", "--model=" + data.path("model.kron"));
    assertTrue(inspected.out().contains("step size lowered"), inspected.out());
  }

  @Test
  void aTuningShowsItsTrialsAndThePageStopsItWithWhatWasFound()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    RunningCommand running =
        new RunningCommand(
            data.train(
                "--tune=1h", "--tune-folds=2", "--neurons=8", "--progress=plain", "--dashboard=0"));
    String address = running.await(ADDRESS);
    running.await("tune: (linear), ");
    awaitSection(address, "tuning", "<svg");
    awaitSection(address, "tuning", "<td>linear</td>");
    press("stop", address);
    Run run = running.end();
    assertEquals(ExitCodes.INTERRUPTED, run.code(), run::toString);
    assertTrue(run.out().contains("tuned in "), run.out());
    Run inspected = Run.well("inspect", "--model=" + data.path("model.kron"));
    assertTrue(inspected.out().contains("tuned inputs"), inspected.out());
  }

  @Test
  void aCrossValidationThatThePageStopsReportsTheFoldsThatAreFinished()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    RunningCommand running =
        new RunningCommand(
            data.cv("--repeats=20000", "--folds=2", "--progress=plain", "--dashboard=0"));
    String address = running.await(ADDRESS);
    running.await("\\((3) done\\)");
    awaitSection(address, "folds", "Test parts");
    press("stop", address);
    Run run = running.end();
    assertEquals(ExitCodes.INTERRUPTED, run.code(), run::toString);
    assertTrue(run.err().matches("(?s).*stopped: \\d+ of 40000 folds are finished.*"), run.err());
    assertTrue(run.out().contains("mse"), run.out());
  }
}
