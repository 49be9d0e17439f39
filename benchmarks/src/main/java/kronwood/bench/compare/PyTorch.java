package kronwood.bench.compare;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the program that trains with PyTorch is: built only where somebody asks for it. */
final class PyTorch {
  private static final Path JAR = Path.of("pytorch", "target", "kronwood-bench-pytorch.jar");

  private PyTorch() {}

  /**
   * The program's jar.
   *
   * @throws IllegalArgumentException if there are no libraries of PyTorch for this platform, or if
   *     the program is not built
   */
  static Path jar() {
    String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    if (!platform.equals("Linux on amd64")) {
      throw new IllegalArgumentException(
          "--peers pytorch needs Linux on amd64, for which it brings PyTorch's libraries; this is "
              + platform);
    }
    Path jar = find();
    if (jar == null) {
      throw new IllegalArgumentException(
          "PyTorch is not built: start with ./kronwood-bench, which does it at first use, or build"
              + " it with ./mvnw -Dquick -Ppytorch -pl benchmarks/pytorch package");
    }
    return jar;
  }

  /** The program's jar, or null if it is not built. It stands beside this program's own folder. */
  static @Nullable Path find() {
    Path code;
    try {
      code = Path.of(PyTorch.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      return null;
    }
    Path target = code.getParent();
    Path module = target == null ? null : target.getParent();
    Path jar = module == null ? JAR : module.resolve(JAR);
    return Files.isReadable(jar) ? jar : null;
  }
}
