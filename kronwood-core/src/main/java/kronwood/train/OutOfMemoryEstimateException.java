package kronwood.train;

import java.util.Locale;

/** A training would need more memory than there is; nothing has been allocated. */
public final class OutOfMemoryEstimateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfMemoryEstimateException(String plan, double needed, double available) {
    super(
        String.format(
            Locale.ROOT,
            "this run needs about %s of memory (%s), but there are %s;"
                + " take fewer neurons or samples, or give the program more memory",
            gigabytes(needed),
            plan,
            gigabytes(available)));
  }

  private static String gigabytes(double bytes) {
    return bytes >= 1e8
        ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
