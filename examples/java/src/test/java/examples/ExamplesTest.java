package examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each program runs from the root of the repository, as its reader would run it. */
class ExamplesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  @TempDir Path folder;

  private String run(Class<?> program, String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(args));
    File out = folder.resolve("out.txt").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out)
            .start();
    int code = process.waitFor();
    String text = Files.readString(out.toPath(), StandardCharsets.UTF_8);
    assertEquals(0, code, text);
    return text;
  }

  /** The number after a label. */
  private static double number(String text, String label) {
    int at = text.indexOf(label);
    assertTrue(at >= 0, () -> label + " is not in: " + text);
    return Double.parseDouble(text.substring(at + label.length()).strip().split("\\s")[0]);
  }

  @Test
  void tablesAreReadAndAModelPredictsRanksAndMeetsNewEntities()
      throws IOException, InterruptedException {
    Path model = folder.resolve("model.kron");
    String text = run(FromCsv.class, model.toString());
    assertTrue(Files.size(model) > 1000);
    // The affinities' variance is above 1: the model has learned.
    assertTrue(number(text, "test error") < 0.5, text);
    assertEquals(3, text.lines().filter(line -> line.startsWith("Scored[id=P")).count(), text);
    assertTrue(Double.isFinite(number(text, "a new one and P1:")), text);
  }

  @Test
  void theProgramOfTheReadmeIsTheOneThatIsCompiledHere() throws IOException, InterruptedException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String shown = readme.substring(readme.indexOf("```java") + 8);
    shown = shown.substring(0, shown.indexOf("```"));
    String compiled = Files.readString(Path.of("src/main/java/examples/FirstSteps.java"));
    assertEquals(compiled.substring(compiled.indexOf("import")), shown);
    String text = run(FirstSteps.class, folder.resolve("model.kron").toString());
    assertEquals(5, text.lines().filter(line -> line.startsWith("Scored[id=P")).count(), text);
  }

  @Test
  void arraysAreTrainedOn() throws IOException, InterruptedException {
    assertTrue(number(run(FromArrays.class), "test r²") > 0.9);
  }

  @Test
  void foldsAndChoicesAreMade() throws IOException, InterruptedException {
    String text = run(ValidateAndTune.class);
    assertTrue(number(text, "setting A: error") < number(text, "setting D: error"), text);
    assertTrue(number(text, "tuned: test error") < 0.5, text);
  }

  @Test
  void aTrainingIsWatchedAndStopped() throws IOException, InterruptedException {
    String text = run(WatchAndStop.class);
    long epochs = text.lines().filter(line -> line.startsWith("epoch ")).count();
    assertTrue(epochs >= 1 && epochs < 500, text);
    assertTrue(number(text, "test error") < 1, text);
  }

  @Test
  void anEncoderOfOnesOwnIsFoundFittedAndKept() throws IOException, InterruptedException {
    String text = run(OwnEncoder.class, folder.resolve("model.kron").toString());
    assertTrue(text.contains("logarithm less"), text);
    assertTrue(number(text, "test error") < 0.5, text);
    assertTrue(Double.isFinite(number(text, "a new one and P1:")), text);
    assertTrue(text.contains("found '-1.0', expected a number > 0"), text);
  }

  @Test
  void manyThreadsPredict() throws IOException, InterruptedException {
    assertTrue(run(PredictFromManyThreads.class).contains("20 predictions"));
  }
}
