package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import kronwood.cli.Main;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A small file that unpacks to a large table stays within the heap and 300 MB. */
@EnabledOnOs(OS.LINUX)
class ReadingMemoryTest {
  private static final int HEAP = 160;
  private static final int BESIDE_THE_HEAP = 300;
  private static final int ROWS = 45_000;
  private static final int LETTERS = 4_000;

  private @TempDir Path folder;

  @Test
  void aTableThatUnpacksToAThousandTimesItsSize() throws IOException, InterruptedException {
    TinyData data = TinyData.in(folder);
    Path bomb = folder.resolve("bomb.csv.gz");
    byte[] row = ("a1,b1,0.5," + "x".repeat(LETTERS) + "\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
      out.write("left,right,affinity,note\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < ROWS; i++) {
        out.write(row);
      }
    }
    assertTrue(Files.size(bomb) < (long) ROWS * LETTERS / 200);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Xmx" + HEAP + "m");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(data.train("--pairs=" + bomb, "--epochs=1", "--threads=1")));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int peak = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, megabytes(process.pid()));
    }

    assertEquals(ExitCodes.SUCCESS, process.exitValue(), Files.readString(output));
    assertTrue(peak > HEAP / 2, "MB: " + peak);
    assertTrue(peak <= HEAP + BESIDE_THE_HEAP, "MB: " + peak);
  }

  /** The most memory that the process has had. */
  private static int megabytes(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }
}
