package kronwood.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Runs every command that needs no SIMD kernels, and prints nothing. The launcher starts this class
 * once after a build. The JVM records which classes it loads and how it links them, and keeps that
 * in a cache, from which later starts go on (see bin/launch.sh).
 */
final class StartRehearsal {
  private StartRehearsal() {}

  /**
   * Runs the commands.
   *
   * @param models model files to inspect; one that cannot be read is passed over
   */
  static void main(String[] models) {
    Locale.setDefault(Locale.ROOT);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    run(nowhere, "--version");
    run(nowhere, "--help");
    run(nowhere, "completion");
    for (String command :
        List.of(
            "train",
            "cv",
            "explain",
            "evaluate",
            "predict",
            "rank",
            "serve",
            "inspect",
            "report",
            "card",
            "export",
            "encode",
            "doctor")) {
      run(nowhere, command, "--help");
      run(nowhere, command, "--unknown");
    }
    for (String model : models) {
      run(nowhere, "inspect", "--model", model);
      run(nowhere, "inspect", "--json", "--model", model);
    }
  }

  private static void run(PrintStream nowhere, String... args) {
    Main.run(args, nowhere, nowhere);
  }
}
