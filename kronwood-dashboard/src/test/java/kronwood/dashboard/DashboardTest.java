package kronwood.dashboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import kronwood.KronwoodModel;
import kronwood.fault.InputException;
import kronwood.train.StopSignal;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small training that is watched over HTTP, and whose buttons are pressed. */
@Timeout(120)
class DashboardTest {
  @TempDir Path folder;
  private final Dashboard dashboard = Dashboard.open(options());
  private final Visitor visitor = new Visitor(dashboard.uri());

  private static DashboardOptions options() {
    return DashboardOptions.ofTraining("tiny <b>model</b>").withPort(0);
  }

  @AfterEach
  void close() {
    dashboard.close();
    visitor.close();
  }

  private byte[] bytes(KronwoodModel model, String name) throws IOException {
    Path file = folder.resolve(name);
    model.save(file);
    return Files.readAllBytes(file);
  }

  @Test
  void thePageAsksNobodyElseAndShowsItsTitleAsText() throws IOException, InterruptedException {
    assertEquals("127.0.0.1", dashboard.uri().getHost());
    HttpResponse<String> page = visitor.get("");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("<h1>tiny &lt;b&gt;model&lt;/b&gt;</h1>"), page.body());
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(
        policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertTrue(page.headers().firstValue("Connection").isEmpty(), "it is kept open");
    assertEquals("no-store", page.headers().firstValue("Cache-Control").orElseThrow());
    for (String file : new String[] {"page.js", "page.css"}) {
      HttpResponse<String> answer = visitor.get(file);
      assertEquals(200, answer.statusCode(), file);
      assertFalse(answer.body().contains("http"), file);
    }
    assertFalse(page.body().contains("http"));
    assertEquals(404, visitor.get("other").statusCode());
  }

  @Test
  void eventsBringTheChartsOfTheTrainingAndItsEnd()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Visitor.Events events = visitor.events();
    WatchedTraining training = new WatchedTraining(dashboard);
    training.awaitGate();
    String now = events.await("now", html -> html.contains("the network learns"));
    assertTrue(now.contains("step size") && now.contains("plan"), now);
    String state = events.await("state", line -> !line.contains(" 0.000"));
    assertTrue(state.matches("running 0\\.\\d+ pause stop lower sample"), state);
    String batches = events.await("batches", html -> html.contains("<svg"));
    assertTrue(batches.contains("The last " + WatchedTraining.GATE + " batches"), batches);
    training.open();
    training.model();
    dashboard.close();
    Map<String, String> last = events.toEnd();
    assertEquals("ended 1.000", last.get("state"));
    assertEquals("end", last.get("end"));
    String learning = String.valueOf(last.get("learning"));
    assertTrue(learning.contains("Loss of the training samples"), learning);
    assertTrue(learning.contains("mse after each epoch"), learning);
    assertTrue(learning.contains("<td class=\"n\">" + WatchedTraining.EPOCHS + "</td>"), learning);
    assertTrue(String.valueOf(last.get("speed")).contains("tree nodes"), last::toString);
    assertTrue(String.valueOf(last.get("work")).contains("Neurons that fired"), last::toString);
    String result = String.valueOf(last.get("result"));
    assertTrue(result.contains("<th scope=\"col\" class=\"n\">test</th>"), result);
    assertFalse(last.containsKey("tuning"));
  }

  @Test
  void aPausedTrainingWaitsUntilItMayGoOnAndEndsInTheSameBytes()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Visitor.Events events = visitor.events();
    WatchedTraining training = new WatchedTraining(dashboard);
    training.awaitGate();
    assertEquals("pausing", visitor.post("pause").body().split(" ")[0]);
    training.open();
    String paused = events.await("state", line -> line.startsWith("paused"));
    assertTrue(paused.endsWith(" resume stop lower sample"), paused);
    Thread.sleep(200);
    assertEquals(WatchedTraining.GATE, training.batches());
    assertFalse(training.isDone());
    assertEquals("running", visitor.post("resume").body().split(" ")[0]);
    byte[] watched = bytes(training.model(), "watched.kron");
    assertTrue(training.batches() > 2 * WatchedTraining.GATE);
    assertArrayEquals(bytes(new WatchedTraining(null).model(), "alone.kron"), watched);
  }

  @Test
  void stopKeepsWhatWasLearned()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    WatchedTraining training = new WatchedTraining(dashboard);
    training.awaitGate();
    visitor.post("pause");
    String state = visitor.post("stop").body();
    assertEquals("stopping 0.", state.substring(0, 11));
    assertFalse(state.contains("pause"), state);
    assertEquals(409, visitor.post("pause").statusCode());
    training.open();
    KronwoodModel model = training.model();
    assertEquals(WatchedTraining.GATE, training.batches());
    assertTrue(dashboard.isStopPressed());
    assertTrue(Double.isFinite(model.predict("l0", "r0")));
  }

  @Test
  void aSmallerStepSizeIsWrittenIntoTheProvenance()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    HttpResponse<String> early = visitor.post("lower");
    assertEquals(409, early.statusCode(), "nothing learns yet");
    assertTrue(early.body().contains("cannot do this now"), early.body());
    WatchedTraining training = new WatchedTraining(dashboard);
    training.awaitGate();
    assertEquals(200, visitor.post("lower").statusCode());
    assertEquals(200, visitor.post("lower").statusCode());
    String now = visitor.events().await("now", html -> html.contains("lowered from"));
    assertTrue(now.contains("step size"), now);
    training.open();
    Map<String, String> facts = training.model().model().provenance().facts();
    double given = Double.parseDouble(facts.get("step size"));
    String lowered = String.valueOf(facts.get("step size lowered"));
    assertTrue(lowered.startsWith("to " + given / 4 + " in epoch 1 after "), lowered);
  }

  @Test
  void theSearchOfASampleIsShownAndTheModelHasTheBytesItHasWithout()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    assertEquals(409, visitor.post("sample/next").statusCode(), "nothing learns yet");
    dashboard.nameSamples(sample -> "pair <" + sample + ">");
    Visitor.Events events = visitor.events();
    WatchedTraining training = new WatchedTraining(dashboard);
    training.awaitGate();
    assertEquals(200, visitor.post("sample/next").statusCode());
    String waits = events.await("search", html -> !html.isEmpty());
    assertTrue(waits.contains("as soon as") && !waits.contains("<svg"), waits);
    training.open();
    byte[] watched = bytes(training.model(), "watched.kron");
    dashboard.close();
    String search = String.valueOf(events.toEnd().get("search"));
    assertTrue(search.matches("(?s).* sample (\\d+), pair &lt;\\d+&gt;.*"), search);
    assertEquals(3, search.split("<svg", -1).length, "the tree and its bounds: " + search);
    assertTrue(search.contains(" of 16 neurons fire (shift "), search);
    assertTrue(search.contains(">evaluated<") && search.contains(">ruled out<"), search);
    assertArrayEquals(bytes(new WatchedTraining(null).model(), "alone.kron"), watched);
  }

  @Test
  void aSampleThatNoStepIsMadeWithIsSaidToBeNone()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Visitor.Events events = visitor.events();
    WatchedTraining training = new WatchedTraining(dashboard);
    training.awaitGate();
    for (String path : new String[] {"sample/0", "sample/-1", "sample/x", "sample/9999999999"}) {
      assertEquals(404, visitor.post(path).statusCode(), path);
    }
    assertEquals(405, visitor.get("sample/1").statusCode());
    assertEquals(200, visitor.post("sample/1").statusCode());
    assertEquals(200, visitor.post("sample/none").statusCode());
    assertEquals(200, visitor.post("sample/1000").statusCode());
    training.open();
    training.model();
    dashboard.close();
    String search = String.valueOf(events.toEnd().get("search"));
    assertTrue(search.contains("made with sample 1000: it is no training sample"), search);
  }

  @Test
  void whoDoesNotKnowTheTokenSeesNothingAndPressesNothing()
      throws IOException, InterruptedException {
    URI page = dashboard.uri();
    String wrong = "f".repeat(page.getPath().length() - 2);
    for (String path : new String[] {"/", "/" + wrong + "/", "/" + wrong + "/events", "/pause"}) {
      HttpResponse<String> answer = visitor.get(path);
      assertEquals(403, answer.statusCode(), path);
      assertEquals(
          "application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
      assertTrue(answer.body().contains("token"), answer.body());
    }
    assertEquals(403, visitor.post("/" + wrong + "/stop").statusCode());
    assertFalse(dashboard.isStopPressed());
    try (Dashboard other = Dashboard.open(options())) {
      assertNotEquals(page.getPath(), other.uri().getPath());
    }
  }

  @Test
  void otherHostsAndOriginsAreRefusedAlsoWithTheToken() throws IOException, InterruptedException {
    String path = dashboard.uri().getPath();
    String foreign =
        visitor.raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertTrue(foreign.startsWith("HTTP/1.1 421 "), foreign);
    String local =
        visitor.raw("GET " + path + " HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n");
    assertTrue(local.startsWith("HTTP/1.1 200 "), local);
    assertEquals(403, visitor.post("stop", "Origin", "http://evil.example").statusCode());
    assertEquals(403, visitor.post("stop", "Origin", "null").statusCode());
    assertFalse(dashboard.isStopPressed());
    assertEquals(405, visitor.get("stop").statusCode());
    assertEquals(405, visitor.post("events").statusCode());
    String own = "http://127.0.0.1:" + dashboard.uri().getPort();
    assertEquals(200, visitor.post("stop", "Origin", own).statusCode());
    assertTrue(dashboard.isStopPressed());
    String body =
        visitor.raw(
            "POST "
                + path
                + "pause HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nwith body");
    assertTrue(body.contains("Connection: close"), body);
    String garbage = visitor.raw("GARBAGE\r\n\r\n");
    assertTrue(garbage.startsWith("HTTP/1.1 400 "), garbage);
  }

  @Test
  void aPortThatIsNamedMustBeFreeAndElseTheNextOneIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      DashboardOptions named = options().withPort(taken.getLocalPort());
      InputException refused =
          assertThrows(InputException.class, () -> Dashboard.open(named).close());
      assertTrue(
          refused.getMessage().startsWith("port " + taken.getLocalPort() + " is taken"),
          refused.getMessage());
    }
    DashboardOptions next = DashboardOptions.ofTraining("next");
    try (Dashboard one = Dashboard.open(next);
        Dashboard other = Dashboard.open(next)) {
      assertNotEquals(one.uri().getPort(), other.uri().getPort());
    }
    assertThrows(InputException.class, () -> options().withPort(70_000));
  }

  @Test
  void aWaitEndsOnceSomebodyElseWantsTheEnd() throws IOException, InterruptedException {
    AtomicInteger looked = new AtomicInteger();
    TrainingControl control = dashboard.control(() -> looked.incrementAndGet() > 2);
    assertEquals(0, control.awaitResume());
    visitor.post("pause");
    assertTrue(control.awaitResume() > 0);
    assertEquals(3, looked.get());
  }

  @Test
  void aFailureIsSaidOnThePage() throws IOException, InterruptedException {
    Visitor.Events events = visitor.events();
    dashboard.failed("the loss is <not> a number");
    dashboard.close();
    Map<String, String> last = events.toEnd();
    assertEquals("failed 0.000", last.get("state"));
    String now = String.valueOf(last.get("now"));
    assertTrue(now.contains("the loss is &lt;not&gt; a number"), now);
  }

  @Test
  void foldsAreShownAsTheyEndAndTheirStepSizeStays() throws IOException, InterruptedException {
    try (Dashboard folds = Dashboard.open(DashboardOptions.ofFolds("folds", 4).withPort(0));
        Visitor guest = new Visitor(folds.uri())) {
      Visitor.Events events = guest.events();
      for (int fold = 1; fold <= 3; fold++) {
        folds.on(
            new TrainingEvent.FoldDone(
                "A, repeat 1, fold " + fold + " of 4",
                "A",
                1,
                fold,
                4,
                30,
                0,
                10,
                Map.of("mse", 0.5 + fold / 64.0),
                6,
                1.5));
      }
      assertEquals(409, guest.post("lower").statusCode());
      assertEquals("running 0.750 pause stop", guest.post("resume").body());
      String all = events.await("folds", html -> html.contains("0.546875"));
      assertTrue(all.contains("Test parts"), all);
      String metrics = events.await("metrics", html -> html.contains("<svg"));
      assertTrue(metrics.contains("0.53125"), "the mean: " + metrics);
      assertEquals(0, folds.control(StopSignal.NEVER).awaitResume());
    }
  }
}
