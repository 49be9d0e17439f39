package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kronwood.cli.Main;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A heap that is too small, whatever was estimated: the message says what to do. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullMemoryTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private void assertTold(int megabytes, String... args) throws IOException, InterruptedException {
    Path model = Path.of(data.path("model.kron"));
    byte[] before = "an earlier model".getBytes(StandardCharsets.UTF_8);
    Files.write(model, before);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(List.of(args));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      int code = process.waitFor();
      String said = Files.readString(output);
      assertEquals(ExitCodes.BAD_INPUT, code, said);
      assertTrue(said.contains("kronwood: out of memory (Java heap space)"), said);
      assertTrue(said.contains("KRONWOOD_JAVA_OPTS=-Xmx"), said);
      assertFalse(said.contains("\tat "), said);
      assertArrayEquals(before, Files.readAllBytes(model));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whileATableIsRead() throws IOException, InterruptedException {
    Path wide = folder.resolve("wide.csv");
    try (BufferedWriter out = Files.newBufferedWriter(wide)) {
      out.write("id");
      for (int c = 0; c < 200; c++) {
        out.write(",x" + c);
      }
      out.newLine();
      for (int row = 0; row < 100_000; row++) {
        out.write("a" + row + ",1".repeat(200));
        out.newLine();
      }
    }
    assertTold(64, data.train("--features=left=" + wide));
  }

  /** The estimate is believed to be wrong: more is allowed than the heap holds. */
  @Test
  void whileANetworkIsTrained() throws IOException, InterruptedException {
    assertTold(64, data.train("--neurons=2000000", "--memory=64G", "--epochs=1"));
  }
}
