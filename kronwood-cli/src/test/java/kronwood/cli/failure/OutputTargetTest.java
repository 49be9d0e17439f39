package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kronwood.cli.Main;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where results go to, and what is said if they cannot. */
class OutputTargetTest {
  private static final Path NULL = Path.of("/dev/null");
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  /** Training options with another {@code --out}. */
  private String[] train(String out, String... more) {
    String[] args = data.train(more);
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--out=")) {
        args[i] = "--out=" + out;
      } else if (args[i].equals("--out")) {
        args[i + 1] = out;
      }
    }
    return args;
  }

  @Test
  void aDeviceIsRefusedBeforeAnythingIsRead() {
    assumeTrue(Files.exists(NULL));
    // The epochs would take for ever.
    Run.refused(
        folder, train(NULL.toString(), "--epochs=1000000000"), "/dev/null", "no regular file");
    Run.well(data.train());
    Run.refused(
        folder,
        new String[] {
          "train", "--out", NULL.toString(), "--pairs", "none.csv", "--target", "y", "--modes", "a"
        },
        "/dev/null",
        "no regular file");
  }

  @Test
  void aLinkToNothingYetIsFollowed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.kron"), Path.of("real.kron"));
    Run.well(train(link.toString()));
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(folder.resolve("real.kron")));
    Path astray = Files.createSymbolicLink(folder.resolve("astray.kron"), Path.of("no/model.kron"));
    Run.refused(folder, train(astray.toString()), "astray.kron", "there is no folder");
    Path scores = Files.createSymbolicLink(folder.resolve("scores.csv"), Path.of("real.csv"));
    Run.well("predict", "--model=" + link, "--pairs=" + data.path("pairs.csv"), "--out=" + scores);
    assertTrue(Files.isSymbolicLink(scores));
    assertTrue(Files.isRegularFile(folder.resolve("real.csv")));
  }

  /** The limit is for a process that hangs. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whereStandardOutputIsFullTheMessageNamesTheModelThatIsThere()
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(FULL));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
    command.addAll(Arrays.asList(data.train()));
    Process process = new ProcessBuilder(command).redirectOutput(FULL.toFile()).start();
    try {
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(ExitCodes.BAD_INPUT, process.waitFor(), err);
      assertTrue(err.contains("standard output was closed or is full"), err);
      assertTrue(err.contains("what was written is whole: " + data.path("model.kron")), err);
      assertFalse(err.contains("nothing was written"), err);
    } finally {
      process.destroyForcibly();
    }
    Run.well(data.withModel("inspect"));
  }

  @Test
  void moreThreadsThanAnyMachineHasAreRefused() {
    Run.refused(folder, data.train("--threads=100000"), "--threads", "from 1 to 1024");
    Run.well(data.train());
    Run.refused(
        folder,
        data.withModel("evaluate", "--pairs=" + data.path("pairs.csv"), "--threads=1025"),
        "--threads",
        "from 1 to 1024");
  }

  @Test
  void aGaussianThatComparesOnlyRoundingIsRefusedInWords() {
    Run.refused(
        folder,
        data.train("--kernel=left=gaussian:1e-300"),
        "width is 1.0E-300 times the median distance, expected a number from 1.0E-6");
  }
}
