package kronwood.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.cli.terminal.Text;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.prediction.GivenEntities;
import kronwood.io.prediction.RankCandidates;
import kronwood.io.scores.Scores;
import kronwood.io.scores.TupleWriter;
import kronwood.model.Model;
import kronwood.model.Ranked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The best candidates.
 *
 * @param modes names of the model's modes
 * @param fixed which of them are given
 * @param label name of the column with the prediction they are ranked by
 * @param ids of the candidates, the best first
 * @param best their predictions
 */
public record RankReport(
    List<String> modes, GivenEntities fixed, String label, List<String> ids, Ranked best) {
  private static final String DEVIATION = "_sd";

  /** The modes of a model, each with a column of its own name. */
  public static List<ModeSpec> modes(Model model) {
    List<ModeSpec> modes = new ArrayList<>();
    for (int mode = 0; mode < model.modeNames().size(); mode++) {
      modes.add(new ModeSpec(model.modeNames().get(mode), model.table(mode).name()));
    }
    return modes;
  }

  /**
   * For machines.
   *
   * @param model file of the model
   * @param candidates all that were ranked
   * @param out file of the ranking, if there is one
   */
  public ObjectNode json(
      Path model, RankCandidates candidates, @Nullable Path out, double seconds) {
    ObjectNode root = JsonReport.object().put("model", model.toString());
    ObjectNode given = root.putObject("given");
    for (int mode = 0; mode < modes.size(); mode++) {
      if (fixed.isGiven(mode)) {
        given.put(modes.get(mode), fixed.ids().get(mode));
      }
    }
    root.put("mode", modes.get(fixed.free())).put("output", label);
    root.put("candidates", candidates.entities().length).put("excluded", candidates.excluded());
    root.put("seconds", seconds);
    if (out != null) {
      root.put("out", out.toString());
    }
    ArrayNode ranking = root.putArray("ranking");
    for (int i = 0; i < best.size(); i++) {
      ObjectNode row = ranking.addObject().put("rank", i + 1).put("id", ids.get(i));
      JsonReport.put(row, "score", best.predictions()[i]);
      if (best.hasDeviations()) {
        JsonReport.put(row, "score" + DEVIATION, best.deviations()[i]);
      }
    }
    return root;
  }

  /** Writes a table of tuples with their predictions. */
  public void write(Path file) {
    Scores scores =
        Scores.columns(List.of(label), best.predictions()).withDeviations(best.deviations());
    List<String> names = modes.stream().distinct().toList();
    int[] positions = names.stream().mapToInt(modes::indexOf).toArray();
    TupleWriter.write(
        names,
        file,
        writer ->
            writer.add(
                (row, column) ->
                    fixed.isGiven(positions[column])
                        ? fixed.ids().get(positions[column])
                        : ids.get(row),
                scores));
  }

  /** For people: a row per candidate. */
  public List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("rank", modes.get(fixed.free()), label, label + DEVIATION));
    for (int i = 0; i < best.size(); i++) {
      rows.add(
          row(
              Integer.toString(i + 1),
              ids.get(i),
              Text.number(best.predictions()[i]),
              best.hasDeviations() ? Text.number(best.deviations()[i]) : ""));
    }
    return Text.columns(rows);
  }

  private List<String> row(String rank, String id, String prediction, String deviation) {
    return best.hasDeviations()
        ? List.of(rank, id, prediction, deviation)
        : List.of(rank, id, prediction);
  }
}
