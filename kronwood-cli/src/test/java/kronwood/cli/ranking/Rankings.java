package kronwood.cli.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import tools.jackson.databind.JsonNode;

/** The command rank, and what it must print. */
final class Rankings {
  private Rankings() {}

  /** What the command says as JSON of the model that was trained last. */
  static JsonNode of(TinyData data, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    return Run.well(data.withModel("rank", all.toArray(String[]::new))).json();
  }

  static List<String> ids(JsonNode ranked) {
    List<String> ids = new ArrayList<>();
    ranked.get("ranking").forEach(row -> ids.add(row.get("id").asString()));
    return ids;
  }

  /** Candidates sorted by what predict says of them. */
  static List<String> sorted(Map<String, Double> predictions, String left) {
    return predictions.keySet().stream()
        .filter(pair -> pair.startsWith(left + " "))
        .sorted(Comparator.comparing(pair -> -predictions.getOrDefault(pair, 0.0)))
        .map(pair -> pair.substring(left.length() + 1))
        .toList();
  }
}
