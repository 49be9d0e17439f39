package kronwood.report;

import java.util.ArrayList;
import java.util.List;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.chart.HeatMap;
import kronwood.report.chart.Palette;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import org.jspecify.annotations.Nullable;

/** Heat maps of all pairs, and the pairs of largest predictions. */
final class GridSections {
  private static final int MOST_PIXELS = 512;
  private static final int MOST_NUMBERS = 24;
  private static final int TOP = 20;

  private static final Paragraph NO_GRID =
      new Paragraph(
          "Left out: this needs pairs of a left and a right entity with one number or two classes"
              + " as target, and at most 8 million combinations.");

  private final Subject subject;
  private final @Nullable PairGrid grid;

  GridSections(Subject subject) {
    this.subject = subject;
    this.grid = PairGrid.of(subject);
  }

  Section maps() {
    PairGrid all = grid;
    if (all == null) {
      return new Section("maps", "Maps of predictions and residuals", List.of(NO_GRID));
    }
    HeatMap predicted = HeatMap.of(all.rows(), all.columns(), all.predicted(), MOST_PIXELS);
    HeatMap residual = HeatMap.of(all.rows(), all.columns(), all.residual(), MOST_PIXELS);
    double most = Math.max(Math.abs(residual.least()), Math.abs(residual.largest()));
    String unit = subject.model().target().names().getFirst();
    return new Section(
        "maps",
        "Maps of predictions and residuals",
        List.of(
            figure(
                "Predictions",
                all.isWhole()
                    ? "Every pair is predicted, those without a known truth too."
                    : "There are too many pairs to predict all: those of no sample are hatched.",
                predicted,
                all.predicted(),
                predicted.least(),
                predicted.largest(),
                Palette.sequence(),
                unit),
            figure(
                "Residuals, prediction less truth",
                "Orange is predicted too high, blue too low; pairs without a known truth are"
                    + " hatched.",
                residual,
                all.residual(),
                -most,
                most,
                Palette.signed(),
                unit)));
  }

  private Figure figure(
      String title,
      String finding,
      HeatMap map,
      double[] numbers,
      double low,
      double high,
      int[] ramp,
      String unit) {
    PairGrid all = grid;
    int rows = all == null ? 0 : all.rows();
    int columns = all == null ? 0 : all.columns();
    String order = " (in the order of their mean prediction, the largest first)";
    Chart chart =
        new Chart(
                title,
                finding,
                Axis.of(columns + " " + subject.mode(1) + order, 0, columns),
                // Rows run downwards.
                Axis.of(rows + " " + subject.mode(0) + ", largest on top", 0, rows),
                640,
                440)
            .heat(map, low, high, ramp, unit);
    HeatMap coarse = HeatMap.of(rows, columns, numbers, MOST_NUMBERS);
    List<String> heads = new ArrayList<>(List.of(subject.mode(0) + " from"));
    for (int c = 0; c < coarse.columns(); c++) {
      heads.add(subject.mode(1) + " from " + (long) c * columns / coarse.columns());
    }
    List<List<Cell>> cells = new ArrayList<>();
    for (int r = 0; r < coarse.rows(); r++) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of((long) r * rows / coarse.rows())));
      for (int c = 0; c < coarse.columns(); c++) {
        row.add(Cell.of(coarse.values()[r * coarse.columns() + c]));
      }
      cells.add(row);
    }
    return new Figure(
        title, finding, chart.svg(), new Table(title + ", means of blocks", heads, cells));
  }

  Section top() {
    PairGrid all = grid;
    if (all == null) {
      return new Section("top", "The largest predictions", List.of(NO_GRID));
    }
    List<List<Cell>> rows = new ArrayList<>();
    int rank = 0;
    for (int cell : all.top(TOP)) {
      double residual = all.residual()[cell];
      String known =
          !Double.isNaN(residual)
              ? "among the " + subject.part() + " samples"
              : all.isTrained(cell) ? "trained on" : "not known";
      rows.add(
          List.of(
              Cell.of((long) ++rank),
              Cell.of(all.leftId(cell)),
              Cell.of(all.rightId(cell)),
              Cell.of(all.predicted()[cell]),
              Cell.of(known),
              Cell.of(Double.isNaN(residual) ? residual : all.predicted()[cell] - residual)));
    }
    String of = all.isWhole() ? "all pairs" : "the pairs of samples";
    return new Section(
        "top",
        "The largest predictions",
        List.of(
            new Table(
                "The largest predictions of %s of %s"
                    .formatted(subject.model().target().names().getFirst(), of),
                List.of("rank", subject.mode(0), subject.mode(1), "predicted", "known", "actual"),
                rows)));
  }
}
