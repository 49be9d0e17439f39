package kronwood.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.gram.FactorReport;

/** What the user should know but need not change: shown at once, and kept for the JSON report. */
final class Warnings implements Consumer<String> {
  private final Streams streams;
  private final List<String> all = new ArrayList<>();

  Warnings(Streams streams) {
    this.streams = streams;
  }

  @Override
  public void accept(String warning) {
    all.add(warning);
    streams.warn(warning);
  }

  /** Warns of each table whose similarities had to be changed. */
  void ofClipping(Map<String, FactorReport> factors) {
    factors.forEach(
        (table, report) -> {
          if (report.clipped() > 0) {
            accept(
                String.format(
                    Locale.ROOT,
                    "the similarities of table '%s' are not positive semi-definite: %s set to 0,"
                        + " the most negative %.3g, together %.2g %% of the spectrum",
                    table,
                    report.clipped() == 1
                        ? "1 negative eigenvalue was"
                        : report.clipped() + " negative eigenvalues were",
                    report.mostNegative(),
                    100 * report.clippedShare()));
          }
        });
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
