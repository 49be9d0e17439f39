package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command that serves; what it answers, the tests of kronwood-server ask. */
class ServeCommandTest {
  @TempDir Path folder;
  private String model = "";

  @BeforeEach
  void train() throws IOException {
    TinyData data = TinyData.in(folder);
    model = data.path("model.kron");
    Run.well(data.train("--quiet", "--epochs=1", "--plain"));
  }

  private void refused(List<String> options, String... parts) {
    String[] args = new String[options.size() + 2];
    args[0] = "serve";
    args[1] = "--model=" + model;
    for (int i = 0; i < options.size(); i++) {
      args[i + 2] = options.get(i);
    }
    Run.refused(folder, args, parts);
  }

  @Test
  void whatCannotBeServedIsOneMessage() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(List.of("--port=" + taken.getLocalPort()), "is taken");
    }
    refused(List.of("--port=70000"), "0 to 65535");
    refused(List.of("--host=0.0.0.0", "--port=0"), "token");
    Path token = folder.resolve("token.txt");
    Files.writeString(token, "short\n");
    refused(List.of("--port=0", "--token-file=" + token), "at least 16");
    refused(List.of("--port=0", "--token-file=" + folder.resolve("no.txt")), "cannot be read");
    refused(List.of("--port=0", "--base-path=models"), "/models/affinity");
    refused(List.of("--port=0", "--threads=0"), "at least 1");
    Path other = folder.resolve("other.kron");
    String bytes = Files.readString(Path.of(model), StandardCharsets.ISO_8859_1);
    Files.writeString(
        other,
        bytes.replaceFirst("\"format_version\":\"[0-9]\"", "\"format_version\":\"0\""),
        StandardCharsets.ISO_8859_1);
    model = other.toString();
    refused(List.of("--port=0"), "--model", "version");
    model = folder.resolve("missing.kron").toString();
    refused(List.of("--port=0"), "--model", "does not exist");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no signal TERM")
  void answersUntilItIsToldToStop() throws IOException, InterruptedException {
    Path messages = folder.resolve("messages.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "kronwood.cli.Main",
                "serve",
                "--model=" + model,
                "--port=0")
            .redirectError(messages.toFile());
    builder
        .environment()
        .put(
            "CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Process serving = builder.start();
    try (BufferedReader out = serving.inputReader(StandardCharsets.UTF_8)) {
      String first = String.valueOf(out.readLine());
      assertTrue(first.startsWith("model: ") && first.contains(", sha256 "), first);
      String second = String.valueOf(out.readLine());
      assertTrue(second.startsWith("serving at http://127.0.0.1:"), second);
      URI service = URI.create(second.substring("serving at ".length()));
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(service.resolve("v2/health/ready")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals("{\"ready\":true}", answer.body());
      }
      serving.destroy();
      assertTrue(serving.waitFor(60, TimeUnit.SECONDS), "ended");
      assertEquals(ExitCodes.TERMINATED, serving.exitValue());
      String said = Files.readString(messages);
      assertTrue(said.contains("kronwood: stopping"), said);
      assertTrue(!said.contains("Exception") && !said.contains("SLF4J"), said);
    } finally {
      serving.destroyForcibly();
    }
  }
}
