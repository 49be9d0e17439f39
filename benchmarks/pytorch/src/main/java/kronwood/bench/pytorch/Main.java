package kronwood.bench.pytorch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Trains what standard input tells and writes losses and times to standard output, as often as it
 * is asked to, until the input ends. Numbers are in {@link java.io.DataOutput}'s format, an array
 * is its length and its values, strings are in modified UTF-8.
 *
 * <pre>
 *   in     the problem, see {@link Problem#read}
 *   out    what trains, for example "PyTorch 2.7.1, 2 threads"
 *
 *   in     weights: m · d floats without a length
 *          number of laps; for each lap its number of batches; for each batch an array of samples
 *   out    bytes by which the resident set grew at most, from before there were weights; −1 if
 *          the system does not tell
 *          for each lap its seconds and an array of its batches' losses, each a sum over samples
 * </pre>
 *
 * <p>Errors end the process with a message on standard error.
 */
public final class Main {
  private Main() {}

  /** Serves one problem. */
  public static void main(String[] args) throws IOException {
    // What libraries print must not end up between the numbers.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    serve(System.in, out);
  }

  static void serve(InputStream input, OutputStream output) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(input, 1 << 16));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(output, 1 << 16));
    Problem problem = Problem.read(in);
    configure(problem.threads());
    try (TrainingRun run = new TrainingRun(problem)) {
      out.writeUTF(run.description());
      out.flush();
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        run.train(in, out);
        out.flush();
      }
    }
  }

  /** Must come before PyTorch is loaded: nothing is downloaded, nobody is told. */
  private static void configure(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    String folder = "ENGINE_CACHE_DIR";
    if (System.getProperty(folder) == null && System.getenv(folder) == null) {
      Path code = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
      System.setProperty(folder, code.resolveSibling("natives").toString());
    }
  }
}
