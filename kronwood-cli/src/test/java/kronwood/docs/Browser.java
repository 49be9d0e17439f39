package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in Chromium without a window, by the protocol of its developer tools. */
final class Browser implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int SECONDS = 60;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final WebSocket socket;
  private int last;

  /** Name of the program, empty if there is none. */
  static String program() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .filter(Browser::isThere)
        .findFirst()
        .orElse("");
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** Starts a browser with an empty page, and its files in a new folder of {@code parent}. */
  static Browser in(String program, Path parent) throws IOException, InterruptedException {
    return new Browser(program, Files.createTempDirectory(parent, "browser"));
  }

  /**
   * Starts a browser with an empty page.
   *
   * @param folder for its files
   */
  private Browser(String program, Path folder) throws IOException, InterruptedException {
    Path profile = folder.resolve("profile");
    ProcessBuilder builder =
        new ProcessBuilder(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile());
    builder.environment().put("TMPDIR", folder.toString());
    this.process = builder.start();
    Path port = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < SECONDS * 20 && !(Files.exists(port) && Files.size(port) > 0); i++) {
      Thread.sleep(50);
    }
    String base = "http://127.0.0.1:" + Files.readAllLines(port).getFirst();
    HttpRequest opened =
        HttpRequest.newBuilder(URI.create(base + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    JsonNode page = MAPPER.readTree(http.send(opened, HttpResponse.BodyHandlers.ofString()).body());
    this.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page.get("webSocketDebuggerUrl").asString()), new Incoming())
            .join();
    for (String part : new String[] {"Page", "Runtime", "Log", "Network"}) {
      call(part + ".enable", "{}");
    }
  }

  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
      message.append(data);
      if (end) {
        received(MAPPER.readTree(message.toString()));
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void received(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    switch (message.path("method").asString()) {
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown" ->
          complaints.add(message.path("params").toString());
      case "Log.entryAdded" -> {
        // What is verbose is advice, such as on forms.
        if (!message.path("params").path("entry").path("level").asString().equals("verbose")) {
          complaints.add(message.path("params").toString());
        }
      }
      case "Network.requestWillBeSent" ->
          requests.add(message.path("params").path("request").path("url").asString());
      default -> {}
    }
  }

  private JsonNode call(String method, String params) throws InterruptedException {
    int id = ++last;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket
        .sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, params), true)
        .join();
    try {
      JsonNode message = answer.get(SECONDS, TimeUnit.SECONDS);
      assertEquals("", message.path("error").path("message").asString(""), method);
      return message.path("result");
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " has no answer", e);
    }
  }

  /** Goes to an address. */
  void open(String address) throws InterruptedException {
    call("Page.navigate", "{\"url\":" + MAPPER.writeValueAsString(address) + "}");
  }

  /** What an expression gives, or what it promises, as text. */
  String evaluate(String expression) throws InterruptedException {
    JsonNode result =
        call(
            "Runtime.evaluate",
            "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":"
                + MAPPER.writeValueAsString(
                    "Promise.resolve(" + expression + ").then((value) => String(value))")
                + "}");
    return result.path("result").path("value").asString("");
  }

  /** Runs a script in the page, whatever the page's policy on scripts is. */
  void run(String script) throws InterruptedException {
    call("Runtime.evaluate", "{\"expression\":" + MAPPER.writeValueAsString(script) + "}");
  }

  /**
   * Presses a key and lets it go: {@code Tab}, {@code Enter}, {@code Space}, {@code ArrowUp} or
   * {@code ArrowDown}.
   */
  void press(String key) throws InterruptedException {
    String event =
        switch (key) {
          case "Tab" -> "\"key\":\"Tab\",\"code\":\"Tab\",\"windowsVirtualKeyCode\":9";
          case "Enter" ->
              "\"key\":\"Enter\",\"code\":\"Enter\",\"windowsVirtualKeyCode\":13,\"text\":\"\\r\"";
          case "ArrowUp" -> "\"key\":\"ArrowUp\",\"code\":\"ArrowUp\",\"windowsVirtualKeyCode\":38";
          case "ArrowDown" ->
              "\"key\":\"ArrowDown\",\"code\":\"ArrowDown\",\"windowsVirtualKeyCode\":40";
          case "Space" ->
              "\"key\":\" \",\"code\":\"Space\",\"windowsVirtualKeyCode\":32,\"text\":\" \"";
          default -> throw new IllegalArgumentException(key);
        };
    call("Input.dispatchKeyEvent", "{\"type\":\"keyDown\"," + event + "}");
    call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + event + "}");
  }

  /** Waits until an expression is true. */
  void await(String expression) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!evaluate(expression).equals("true")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("never true: " + expression + "\n" + complaints);
      }
      Thread.sleep(50);
    }
  }

  /** The page as it is seen from now on. */
  void look(int width, boolean dark) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":900,\"deviceScaleFactor\":1,\"mobile\":false}".formatted(width));
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
            .formatted(dark ? "dark" : "light"));
  }

  /** Writes a picture of the page from its top on. */
  void picture(Path file, int width, int height) throws IOException, InterruptedException {
    JsonNode result =
        call(
            "Page.captureScreenshot",
            "{\"captureBeyondViewport\":true,\"clip\":{\"x\":0,\"y\":0,\"width\":%d,\"height\":%d,\"scale\":1}}"
                .formatted(width, height));
    Files.write(file, Base64.getDecoder().decode(result.path("data").asString()));
  }

  /** Errors and messages of the page's script and of the browser about the page. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Addresses that the page asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    // They outlive the browser by a moment, and write to its folder, which is to be deleted.
    List<ProcessHandle> parts = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      for (ProcessHandle part : parts) {
        part.destroyForcibly();
      }
      for (ProcessHandle part : parts) {
        for (int wait = 0; part.isAlive() && wait < 1000; wait++) {
          Thread.sleep(10);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
