package kronwood.math.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the {@link Kernels} implementation of this process, once, at the first use. The system
 * property {@value #PROPERTY} decides:
 *
 * <ul>
 *   <li>{@code auto} (default): vector if the module {@code jdk.incubator.vector} is present, its
 *       preferred shape has at least 128 bit, the processor has fused multiply-add and the virtual
 *       machine its optimising compiler; otherwise scalar, and the reason is logged once to the
 *       {@link System.Logger} {@value #LOGGER}.
 *   <li>{@code vector}: vector, or an error if the module is absent.
 *   <li>{@code scalar}: scalar.
 * </ul>
 */
public final class KernelProvider {

  /** Name of the system property that forces an implementation. */
  public static final String PROPERTY = "kronwood.kernels";

  /** The option of the {@code java} command that makes the vector implementation available. */
  public static final String MODULE_FLAG = "--add-modules jdk.incubator.vector";

  /** Name of the logger that tells about a fallback. */
  public static final String LOGGER = "kronwood.math";

  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_BITS = 128;
  private static final int LEAST_BITS_X86 = 256;

  private static volatile @Nullable Kernels active;

  private KernelProvider() {}

  /** The implementation behind {@link Kernels#active()}; a failed choice is tried again. */
  static Kernels active() {
    Kernels chosen = active;
    if (chosen == null) {
      synchronized (KernelProvider.class) {
        chosen = active;
        if (chosen == null) {
          chosen = select(System.getProperty(PROPERTY, "auto"));
          active = chosen;
        }
      }
    }
    return chosen;
  }

  /**
   * A particular implementation, for comparisons; the choice of {@link Kernels#active()} is not
   * touched.
   *
   * @param choice {@code auto}, {@code vector} or {@code scalar}, with the meaning above
   * @throws IllegalArgumentException if the choice is none of the three
   * @throws IllegalStateException if it is {@code vector} and the module is absent
   */
  public static Kernels select(String choice) {
    return switch (choice) {
      case "auto" -> automatic();
      case "vector" -> demanded();
      case "scalar" -> new ScalarKernels("chosen by " + PROPERTY + "=scalar");
      default ->
          throw new IllegalArgumentException(
              "System property "
                  + PROPERTY
                  + " is '"
                  + choice
                  + "', expected one of auto, vector, scalar: correct -D"
                  + PROPERTY
                  + "=... or leave it out for auto.");
    };
  }

  private static Kernels automatic() {
    System.Logger logger = System.getLogger(LOGGER);
    if (!modulePresent()) {
      logger.log(
          System.Logger.Level.INFO,
          "Scalar kernels in use because the module {0} is not present; start java with"
              + " \"{1}\" for the SIMD kernels, several times faster.",
          MODULE,
          MODULE_FLAG);
      return new ScalarKernels("module " + MODULE + " not present");
    }
    String obstacle =
        obstacle(
            System.getProperty("java.vm.info", ""),
            System.getProperty("os.arch", ""),
            VectorKernels.bits());
    if (obstacle != null) {
      logger.log(
          System.Logger.Level.WARNING,
          "Scalar kernels in use although the module {0} is present: {1}.",
          MODULE,
          obstacle);
      return new ScalarKernels(obstacle);
    }
    return new VectorKernels();
  }

  private static Kernels demanded() {
    if (!modulePresent()) {
      throw new IllegalStateException(
          "System property "
              + PROPERTY
              + " is 'vector' but the module "
              + MODULE
              + " is not present: start java with \""
              + MODULE_FLAG
              + "\", or set "
              + PROPERTY
              + " to auto or scalar.");
    }
    return new VectorKernels();
  }

  /** Whether {@link VectorKernels} may be touched. */
  static boolean modulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /**
   * Why the vector implementation would be slow although its module is present, or null if it would
   * not.
   *
   * @param vmInfo the system property {@code java.vm.info}: without the optimising compiler (-Xint,
   *     -XX:TieredStopAtLevel=1) every vector is an object
   * @param architecture the system property {@code os.arch}: an x86 processor whose preferred shape
   *     is less than 256 bit has no AVX2, hence no fused multiply-add, and that is emulated
   *     hundreds of times slower
   * @param bits width of the preferred vector shape
   */
  static @Nullable String obstacle(String vmInfo, String architecture, int bits) {
    if (vmInfo.contains("interpreted") || vmInfo.contains("emulated-client")) {
      return "virtual machine without optimising compiler: " + vmInfo;
    }
    if (bits < LEAST_BITS) {
      return "preferred vector shape of " + bits + " bit, at least " + LEAST_BITS + " needed";
    }
    boolean x86 = architecture.equals("amd64") || architecture.contains("86");
    if (x86 && bits < LEAST_BITS_X86) {
      return "processor without fused multiply-add";
    }
    return null;
  }
}
