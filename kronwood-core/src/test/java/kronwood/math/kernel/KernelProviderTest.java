package kronwood.math.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelProviderTest {

  private static final String WITH_MODULE = "--add-modules=jdk.incubator.vector";

  @TempDir Path folder;

  /** What a virtual machine of its own answered, and what it logged. */
  private record Outcome(String answer, String log) {}

  @Test
  void theTestsRunOnTheImplementationTheyWereStartedFor() {
    String wanted = System.getProperty(KernelProvider.PROPERTY, "auto");
    String obstacle =
        KernelProvider.modulePresent()
            ? KernelProvider.obstacle(
                System.getProperty("java.vm.info", ""),
                System.getProperty("os.arch", ""),
                VectorKernels.bits())
            : "module not present";
    String expected =
        switch (wanted) {
          case "scalar" -> "scalar (";
          case "vector" -> "vector (";
          default -> obstacle == null ? "vector (" : "scalar (";
        };
    String actual = Kernels.active().description();
    assertTrue(
        actual.startsWith(expected), "wanted " + wanted + ", got " + actual + ", " + obstacle);
    assertSame(Kernels.active(), Kernels.active());
  }

  @Test
  void withTheModuleTheVectorKernelsAreChosenSilently() throws Exception {
    // Demanded, so that it also holds on a processor for which auto would rather not.
    Outcome outcome = start(WITH_MODULE, "-Dkronwood.kernels=vector");
    assertTrue(outcome.answer().matches("vector \\(\\d+ bit\\)"), outcome.answer());
    assertEquals("", outcome.log());
  }

  @Test
  void withoutTheModuleAutoFallsBackAndSaysOnceWhichFlagToAdd() throws Exception {
    Outcome outcome = start();
    assertEquals("scalar (module jdk.incubator.vector not present)", outcome.answer());
    assertTrue(outcome.log().contains("--add-modules jdk.incubator.vector"), outcome.log());
    assertEquals(1, outcome.log().split("Scalar kernels in use", -1).length - 1, outcome.log());
  }

  @Test
  void withoutTheModuleDemandingVectorIsAnErrorThatNamesTheFlag() throws Exception {
    Outcome outcome = start("-Dkronwood.kernels=vector");
    assertTrue(outcome.answer().startsWith("IllegalStateException: "), outcome.answer());
    assertTrue(outcome.answer().contains("--add-modules jdk.incubator.vector"), outcome.answer());
  }

  @Test
  void scalarMayBeDemandedAndIsNotCommentedOn() throws Exception {
    for (String module : List.of("-Dno.module", WITH_MODULE)) {
      Outcome outcome = start("-Dkronwood.kernels=scalar", module);
      assertEquals("scalar (chosen by kronwood.kernels=scalar)", outcome.answer());
      assertEquals("", outcome.log());
    }
  }

  @Test
  void anUnknownValueIsAnErrorThatNamesTheKnownOnes() throws Exception {
    Outcome outcome = start("-Dkronwood.kernels=simd");
    assertTrue(outcome.answer().startsWith("IllegalArgumentException: "), outcome.answer());
    assertTrue(
        outcome.answer().contains("kronwood.kernels is 'simd'")
            && outcome.answer().contains("auto, vector, scalar"),
        outcome.answer());
  }

  @Test
  void autoPrefersScalarWhereNothingCompilesTheVectors() throws Exception {
    Outcome outcome = start(WITH_MODULE, "-XX:TieredStopAtLevel=1");
    assertTrue(outcome.answer().startsWith("scalar (virtual machine"), outcome.answer());
    assertTrue(outcome.log().contains("optimising compiler"), outcome.log());
  }

  @Test
  void obstaclesAreNamed() {
    assertNull(KernelProvider.obstacle("mixed mode, sharing", "amd64", 512));
    assertNull(KernelProvider.obstacle("mixed mode", "amd64", 256));
    assertNull(KernelProvider.obstacle("mixed mode", "aarch64", 128));
    assertNotNull(KernelProvider.obstacle("mixed mode", "amd64", 128));
    assertNotNull(KernelProvider.obstacle("mixed mode", "aarch64", 64));
    assertNotNull(KernelProvider.obstacle("interpreted mode", "amd64", 512));
  }

  @Test
  void anImplementationCanBeSelectedForComparison() {
    assertEquals(
        "scalar (chosen by kronwood.kernels=scalar)",
        KernelProvider.select("scalar").description());
    assertThrows(IllegalArgumentException.class, () -> KernelProvider.select("SCALAR"));
  }

  private Outcome start(String... options) throws IOException, InterruptedException {
    Path answer = folder.resolve("answer.txt");
    Path log = folder.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(placeOf(Kernels.class) + File.pathSeparator + placeOf(KernelProbe.class));
    command.add(KernelProbe.class.getName());
    command.add(answer.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    String logged = Files.readString(log, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), logged);
    String ours =
        logged
            .lines()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .collect(Collectors.joining("\n"));
    return new Outcome(Files.readString(answer, StandardCharsets.UTF_8), ours);
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
