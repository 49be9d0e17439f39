package kronwood.math.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Started in a virtual machine of its own by {@link KernelProviderTest}: writes to the file named
 * by its argument which kernels it got and whether the bits of a sum survive compilation.
 */
final class KernelProbe {

  private KernelProbe() {}

  public static void main(String[] arguments) throws IOException {
    String answer;
    try {
      answer = probe(Kernels.active());
    } catch (IllegalArgumentException | IllegalStateException e) {
      // The second attempt must fail like the first, not as a broken class.
      try {
        answer = probe(Kernels.active());
      } catch (IllegalArgumentException | IllegalStateException again) {
        answer = again.getClass().getSimpleName() + ": " + again.getMessage();
      }
    }
    Files.write(Path.of(arguments[0]), answer.getBytes(StandardCharsets.UTF_8));
  }

  private static String probe(Kernels kernels) {
    int n = 203;
    double[] a = new double[n];
    float[] f = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = Math.sqrt(i) - 7;
      f[i] = (float) a[i];
    }
    double cold = kernels.dot(a, 0, a, 0, n);
    float coldFloat = kernels.dot(f, 0, f, 0, n);
    for (int repeat = 0; repeat < 30_000; repeat++) {
      if (kernels.dot(a, 0, a, 0, n) != cold || kernels.dot(f, 0, f, 0, n) != coldFloat) {
        return "bits changed in repeat " + repeat;
      }
    }
    return kernels.description() + (kernels.equals(Kernels.active()) ? "" : ", chosen twice");
  }
}
