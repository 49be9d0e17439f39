package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Table;
import kronwood.tree.NeuronSearch;

/** Pictures of a search for the neurons that fire on one sample: its tree, and its bounds. */
final class SearchFigures {
  /** Levels that are drawn, from the root on. */
  private static final int MOST_LEVELS = 10;

  /** Nodes of a level that are drawn one by one. */
  private static final int MOST_NODES = 128;

  /** Stretches that larger levels are divided into. */
  private static final int STRETCHES = 512;

  /** Neurons whose bounds are drawn. */
  private static final int MOST_NEURONS = 160;

  private static final int MOST_ROWS = 20;

  private static final int BELOW = 0;
  private static final int ABOVE = 1;

  private final String name;
  private final NeuronSearch search;

  /**
   * Pictures of a search.
   *
   * @param name what the sample is called
   */
  SearchFigures(String name, NeuronSearch search) {
    this.name = name;
    this.search = search;
  }

  /** The levels that are shown: those of the search, and what was evaluated if it was lazy. */
  private List<NeuronSearch.Level> levels() {
    List<NeuronSearch.Level> levels = new ArrayList<>(search.levels());
    if (search.lazy()) {
      int[] evaluated =
          IntStream.range(0, search.visited().length).filter(search::isCandidate).toArray();
      levels.add(
          new NeuronSearch.Level(
              levels.getLast().places(),
              IntStream.of(evaluated).map(i -> search.visited()[i]).toArray(),
              IntStream.of(evaluated).mapToDouble(i -> magnitude(search.exact()[i])).toArray()));
    }
    return levels;
  }

  private double magnitude(double z) {
    return search.twoSided() ? Math.abs(z) : z;
  }

  private String levelName(int level, int levels) {
    if (search.lazy()) {
      return new String[] {"nodes", "bounds", "evaluated"}[level];
    }
    return level == levels - 1 ? "neurons" : level == 0 ? "root" : "level " + level;
  }

  /** Nodes that were visited, and those of them above the shift. */
  Figure tree() {
    List<NeuronSearch.Level> levels = levels();
    int drawn = Math.min(levels.size(), MOST_LEVELS);
    List<String> names = new ArrayList<>();
    for (int level = drawn - 1; level >= 0; level--) {
      names.add(levelName(level, levels.size()));
    }
    String title = "The tree of " + name;
    Chart chart =
        new Chart(
            title,
            "Each level of the tree is a row, from single neurons at the top to all of them.",
            Axis.of("share of the neurons, in their order", 0, 1),
            Axis.of("", names),
            640,
            60 + 26 * drawn + 40);
    List<List<Cell>> rows = new ArrayList<>();
    long visited = 0;
    for (int level = 0; level < levels.size(); level++) {
      NeuronSearch.Level nodes = levels.get(level);
      if (level < drawn) {
        draw(chart, nodes, drawn - 1.0 - level);
      }
      long above = above(nodes);
      visited += nodes.visited().length;
      rows.add(
          List.of(
              Cell.of(levelName(level, levels.size())),
              Cell.of((long) nodes.visited().length),
              Cell.of(above)));
    }
    chart.meaning("visited, above the shift", ABOVE).meaning("visited, below it", BELOW);
    return new Figure(
        title,
        finding(visited),
        chart.svg(),
        new Table(title, List.of("level", "visited", "above the shift"), rows));
  }

  private long above(NeuronSearch.Level nodes) {
    return Arrays.stream(nodes.bounds()).filter(bound -> bound > search.shift()).count();
  }

  private String finding(long visited) {
    String fire =
        "%,d of %,d neurons fire (shift %s); "
            .formatted(search.fired(), search.neurons(), Cell.text(search.shift()));
    if (search.lazy()) {
      return fire
          + "%,d of %,d nodes were opened, %,d bounds of neurons compared, and %,d neurons evaluated."
              .formatted(
                  above(search.levels().getFirst()),
                  search.levels().getFirst().places(),
                  search.visited().length,
                  search.candidates());
    }
    if (search.levels().size() == 1) {
      return fire + "all of them were evaluated.";
    }
    return fire
        + "the search goes down only where the largest pre-activation is above the shift, and visits %,d nodes."
            .formatted(visited);
  }

  private void draw(Chart chart, NeuronSearch.Level nodes, double y) {
    int stretches = Math.min(nodes.places(), STRETCHES);
    int[] state = new int[stretches];
    Arrays.fill(state, -1);
    for (int i = 0; i < nodes.visited().length; i++) {
      int at = (int) ((long) nodes.visited()[i] * stretches / nodes.places());
      state[at] = Math.max(state[at], nodes.bounds()[i] > search.shift() ? ABOVE : BELOW);
    }
    boolean single = nodes.places() <= MOST_NODES;
    double gap = single ? 0.04 : 0;
    for (int from = 0, to; from < stretches; from = to) {
      to = from + 1;
      while (!single && to < stretches && state[to] == state[from]) {
        to++;
      }
      if (state[from] >= 0) {
        chart.cell((from + gap) / stretches, (to - gap) / stretches, y - 0.4, y + 0.4, state[from]);
      }
    }
  }

  /** The neurons that were visited by their bounds, the largest first, against the shift. */
  Figure bounds() {
    int[] ranked =
        IntStream.range(0, search.visited().length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -search.bounds()[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    // All candidates, and about as many that were none.
    int shown = Math.min(ranked.length, 2 * search.candidates() + 8);
    int every = Math.max(1, Math.ceilDiv(shown, MOST_NEURONS));
    int points = Math.ceilDiv(shown, every);
    double[] ranks = new double[points];
    double[] bounds = new double[points];
    double[] ruledOut = new double[points];
    double[] fires = new double[points];
    double[] silent = new double[points];
    for (int p = 0; p < points; p++) {
      int i = ranked[p * every];
      ranks[p] = p * every + 1.0;
      bounds[p] = search.bounds()[i];
      ruledOut[p] = search.isCandidate(i) ? Double.NaN : magnitude(search.leaves()[i]);
      fires[p] = search.fires(i) ? magnitude(search.exact()[i]) : Double.NaN;
      silent[p] = search.fires(i) ? Double.NaN : magnitude(search.exact()[i]);
    }
    String what = search.twoSided() ? "magnitude of pre-activations" : "pre-activation";
    String title = "Bounds and pre-activations of " + name;
    String finding =
        search.lazy()
            ? "A neuron whose bound (line) is below the shift (dashed) cannot fire, and is not"
                + " evaluated."
            : "Leaves are up to date: the bound of a neuron is its pre-activation.";
    Chart chart =
        new Chart(
            title,
            finding,
            Axis.of("neurons by their bound, the largest first", 1, Math.max(2, shown)),
            Axis.around(what, bounds, ruledOut, fires, silent, new double[] {search.shift()}));
    chart.guide(1, search.shift(), Math.max(2, shown), search.shift());
    chart.line("bound", ranks, bounds).points("fires", ranks, fires);
    chart.points("evaluated, does not", ranks, silent);
    if (search.lazy()) {
      chart.points("ruled out, as in the leaf", ranks, ruledOut);
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (int i : Arrays.copyOf(ranked, Math.min(ranked.length, MOST_ROWS))) {
      rows.add(
          List.of(
              Cell.of((long) search.visited()[i]),
              Cell.of(search.leaves()[i]),
              Cell.of(search.bounds()[i]),
              Cell.of(search.exact()[i]),
              Cell.of(
                  search.fires(i) ? "fires" : search.isCandidate(i) ? "does not" : "ruled out")));
    }
    return new Figure(
        title,
        finding,
        chart.svg(),
        new Table(
            "The %d neurons with the largest bounds".formatted(rows.size()),
            List.of("neuron", "in the leaf", "bound", "pre-activation", "result"),
            rows));
  }
}
