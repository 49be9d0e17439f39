package kronwood.report.chart;

import java.util.Base64;
import java.util.Locale;
import kronwood.report.page.Escape;

/**
 * Draws a chart: say what the axes are, add what is to be seen, then take the {@link #svg}.
 *
 * <p>What has no finite coordinates is left out. Not thread-safe.
 */
public final class Chart {
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 14;
  private static final int BOTTOM = 52;
  private static final int LEGEND_HEIGHT = 20;
  private static final int MOST_MARKED = 120;

  private final String title;
  private final String finding;
  private final Axis x;
  private final Axis y;
  private final int width;
  private final int height;
  private final StringBuilder marks = new StringBuilder();
  private final StringBuilder legend = new StringBuilder();
  private int legendEnd = LEFT;
  private int series;

  /**
   * An empty chart of 640 × 340 pixels.
   *
   * @param title read out by screen readers, not drawn
   * @param finding likewise: what can be seen
   */
  public Chart(String title, String finding, Axis x, Axis y) {
    this(title, finding, x, y, 640, 340);
  }

  /** An empty chart of any size in pixels. */
  public Chart(String title, String finding, Axis x, Axis y, int width, int height) {
    this.title = title;
    this.finding = finding;
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
  }

  private double px(double value) {
    return LEFT + x.place(value) * (width - LEFT - RIGHT);
  }

  private double py(double value) {
    return height - BOTTOM - y.place(value) * (height - TOP - BOTTOM - LEGEND_HEIGHT);
  }

  /** Adds a line through points, with a mark at each if they are few. */
  public Chart line(String name, double[] xs, double[] ys) {
    String colour = Palette.series(series);
    String dash = Palette.dash(series);
    StringBuilder path = new StringBuilder();
    boolean begun = false;
    int finite = 0;
    for (int i = 0; i < xs.length; i++) {
      if (!isFinite(xs[i], ys[i])) {
        begun = false;
        continue;
      }
      path.append(begun ? 'L' : 'M').append(number(px(xs[i]))).append(' ');
      path.append(number(py(ys[i])));
      begun = true;
      finite++;
    }
    marks.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"").append(colour);
    marks.append("\" stroke-width=\"2\"");
    marks.append(dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"").append("/>");
    if (finite <= MOST_MARKED) {
      for (int i = 0; i < xs.length; i++) {
        dot(xs[i], ys[i], 2.5, colour);
      }
    }
    legend(name, colour, dash);
    series++;
    return this;
  }

  /** Adds points. */
  public Chart points(String name, double[] xs, double[] ys) {
    String colour = Palette.series(series);
    for (int i = 0; i < xs.length; i++) {
      dot(xs[i], ys[i], 4, colour);
    }
    legend(name, colour, "");
    series++;
    return this;
  }

  /** Adds vertical intervals in the colour of what is added next. */
  public Chart whiskers(double[] xs, double[] lows, double[] highs) {
    for (int i = 0; i < xs.length; i++) {
      if (isFinite(xs[i], lows[i]) && Double.isFinite(highs[i])) {
        segment(xs[i], lows[i], xs[i], highs[i], Palette.series(series), "");
      }
    }
    return this;
  }

  /** Adds a bar from 0 to each value at the positions 0, 1, …. */
  public Chart bars(String name, double[] values) {
    String colour = Palette.series(series);
    double room = (px(1) - px(0)) * 0.7;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        rectangle(
            px(i) - room / 2, py(Math.max(values[i], 0)), room, py(0) - py(values[i]), colour);
      }
    }
    legend(name, colour, "");
    series++;
    return this;
  }

  /** Adds a rectangle between values of the axes. */
  public Chart cell(double x0, double x1, double y0, double y1, int number) {
    rectangle(px(x0), py(y1), px(x1) - px(x0), py(y0) - py(y1), Palette.series(number));
    return this;
  }

  /** Adds an entry to the legend for the colour of {@link #cell}. */
  public Chart meaning(String name, int number) {
    legend(name, Palette.series(number), "");
    return this;
  }

  /** Adds a straight line that helps to read. */
  public Chart guide(double x0, double y0, double x1, double y1) {
    segment(x0, y0, x1, y1, "#808890", "4 4");
    return this;
  }

  /**
   * Adds a heat map that fills the chart; cells without a number are hatched.
   *
   * @param low number of the first colour
   * @param high number of the last one
   */
  public Chart heat(HeatMap map, double low, double high, int[] ramp, String unit) {
    int top = TOP + LEGEND_HEIGHT;
    String id = "hatch" + Integer.toHexString((title + finding).hashCode());
    String area =
        "x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\""
            .formatted(LEFT, top, width - LEFT - RIGHT, height - top - BOTTOM);
    marks.append("<defs><pattern id=\"").append(id);
    marks.append("\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">");
    marks.append("<path d=\"M0 6L6 0\" stroke=\"#808890\" stroke-width=\"1\"/></pattern></defs>");
    marks.append("<rect ").append(area).append(" fill=\"url(#").append(id).append(")\"/>");
    marks.append("<image ").append(area).append(" preserveAspectRatio=\"none\"");
    marks.append(" image-rendering=\"pixelated\" href=\"data:image/png;base64,");
    marks.append(Base64.getEncoder().encodeToString(map.png(low, high, ramp))).append("\"/>");
    for (int i = 0; i < 16; i++) {
      String colour = String.format(Locale.ROOT, "#%06x", ramp[i * (ramp.length - 1) / 15]);
      legend.append(
          "<rect x=\"%d\" y=\"6\" width=\"9\" height=\"12\" fill=\"%s\"/>"
              .formatted(LEFT + 60 + 9 * i, colour));
    }
    text(legend, LEFT + 54, 16, "end", short6(low));
    text(legend, LEFT + 210, 16, "start", short6(high) + " " + unit + "; hatched: none");
    return this;
  }

  private static String short6(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "–";
  }

  /** The chart. */
  public String svg() {
    StringBuilder svg = new StringBuilder(marks.length() + 4096);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width);
    svg.append(' ').append(height).append("\" width=\"").append(width).append("\" height=\"");
    svg.append(height).append("\" role=\"img\" aria-label=\"");
    svg.append(Escape.markup(title + ". " + finding)).append("\" font-family=\"sans-serif\"");
    svg.append(" font-size=\"12\" fill=\"currentColor\">");
    svg.append("<title>").append(Escape.markup(title)).append("</title><desc>");
    svg.append(Escape.markup(finding)).append("</desc>");
    grid(svg);
    return svg.append(marks).append(legend).append("</svg>").toString();
  }

  private void grid(StringBuilder svg) {
    double bottom = height - BOTTOM;
    double right = width - RIGHT;
    double top = TOP + LEGEND_HEIGHT;
    for (double tick : y.ticks()) {
      double at = py(tick);
      rule(svg, LEFT, at, right, at, "0.18");
      text(svg, LEFT - 8, at + 4, "end", y.text(tick));
    }
    for (double tick : x.ticks()) {
      double at = px(tick);
      rule(svg, at, bottom, at, bottom + 4, "0.6");
      text(svg, at, bottom + 18, "middle", x.text(tick));
    }
    rule(svg, LEFT, bottom, right, bottom, "0.6");
    rule(svg, LEFT, top, LEFT, bottom, "0.6");
    text(svg, (LEFT + right) / 2, height - 10, "middle", x.label());
    svg.append("<g transform=\"translate(14 ").append(number((top + bottom) / 2));
    svg.append(") rotate(-90)\">");
    text(svg, 0, 0, "middle", y.label());
    svg.append("</g>");
  }

  private static void rule(
      StringBuilder svg, double x0, double y0, double x1, double y1, String opacity) {
    svg.append("<path d=\"M").append(number(x0)).append(' ').append(number(y0)).append('L');
    svg.append(number(x1)).append(' ').append(number(y1));
    svg.append("\" stroke=\"currentColor\" stroke-opacity=\"").append(opacity).append("\"/>");
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    svg.append("\" text-anchor=\"").append(anchor).append("\">");
    svg.append(Escape.markup(text)).append("</text>");
  }

  private void legend(String name, String colour, String dash) {
    if (name.isEmpty()) {
      return;
    }
    legend.append("<path d=\"M").append(legendEnd).append(" 12h22\" stroke=\"").append(colour);
    legend.append("\" stroke-width=\"3\"");
    legend.append(dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"").append("/>");
    text(legend, legendEnd + 28, 16, "start", name);
    legendEnd += 44 + 7 * name.length();
  }

  private void dot(double atX, double atY, double radius, String colour) {
    if (isFinite(atX, atY)) {
      marks.append("<circle cx=\"").append(number(px(atX))).append("\" cy=\"");
      marks.append(number(py(atY))).append("\" r=\"").append(number(radius));
      marks.append("\" fill=\"").append(colour).append("\"/>");
    }
  }

  private void rectangle(double left, double top, double wide, double high, String colour) {
    marks.append("<rect x=\"").append(number(left)).append("\" y=\"").append(number(top));
    marks.append("\" width=\"").append(number(wide)).append("\" height=\"");
    marks.append(number(Math.abs(high))).append("\" fill=\"").append(colour).append("\"/>");
  }

  private void segment(double x0, double y0, double x1, double y1, String colour, String dash) {
    marks.append("<path d=\"M").append(number(px(x0))).append(' ').append(number(py(y0)));
    marks.append('L').append(number(px(x1))).append(' ').append(number(py(y1)));
    marks.append("\" stroke=\"").append(colour).append("\" stroke-width=\"1.5\"");
    marks.append(dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"").append("/>");
  }

  private static boolean isFinite(double a, double b) {
    return Double.isFinite(a) && Double.isFinite(b);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
