package kronwood.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kronwood.data.EntityIds;
import kronwood.model.ModelTable;
import kronwood.model.Predictions;
import kronwood.model.Ranked;
import tools.jackson.databind.JsonNode;

/**
 * {@code /v1/rank}: the entities of one mode with the largest predictions.
 *
 * <pre>
 * {"mode": "right", "given": {"left": "D1"}, "top_n": 5, "exclude": ["P4"]}
 * </pre>
 *
 * Candidates are all known entities of the mode, or those that {@code candidates} lists; new ones
 * among them are described in {@code entities}, as the given ones may be.
 */
final class RankProtocol {
  private static final int DEFAULT_TOP = 10;

  private final ServedModel model;
  private final JsonNode root;
  private final ServerOptions.Limits limits;

  private RankProtocol(ServedModel model, JsonNode root, ServerOptions.Limits limits) {
    this.model = model;
    this.root = root;
    this.limits = limits;
  }

  /** Answers a request. */
  static Answer answer(ServedModel model, byte[] body, ServerOptions.Limits limits) {
    return new RankProtocol(model, JsonBody.object(body), limits).answer();
  }

  private Answer answer() {
    String mode = JsonBody.id(root.path("mode"));
    if (mode == null || !model.modes().contains(mode)) {
      throw Problem.at("/mode", "is not one of " + String.join(", ", model.modes()));
    }
    int top = top();
    int by = output();
    Query.Builder builder = new Query.Builder(model.modes(), Integer.MAX_VALUE);
    PredictProtocol.describe(model, root, builder);
    List<String> candidates = candidates(mode);
    for (String name : model.modes()) {
      String given = name.equals(mode) ? "" : given(name);
      for (String candidate : candidates) {
        builder.add(name, name.equals(mode) ? candidate : given);
      }
    }
    if (candidates.isEmpty()) {
      return answer(List.of(), new Ranked(new int[0], new double[0], new double[0]));
    }
    Predictions predictions = model.predict(builder.query(new PlacesOf(mode)));
    int[] places = new int[candidates.size()];
    Arrays.setAll(places, i -> i);
    return answer(candidates, Ranked.best(places, predictions, by, top));
  }

  /** Where in the request something is that a row of the query has. */
  private record PlacesOf(String ranked) implements Query.Places {
    @Override
    public String of(int row, String mode) {
      return mode.equals(ranked) ? "/candidates/" + row : "/given/" + Query.Places.escaped(mode);
    }
  }

  private String given(String mode) {
    String id = JsonBody.id(root.path("given").path(mode));
    if (id == null) {
      throw Problem.at("/given/" + Query.Places.escaped(mode), "is no id");
    }
    return id;
  }

  private int top() {
    JsonNode node = root.path("top_n");
    if (node.isMissingNode()) {
      return DEFAULT_TOP;
    }
    if (!node.isIntegralNumber() || node.asLong(0) < 1 || node.asLong(0) > limits.top()) {
      throw Problem.at("/top_n", "is no whole number from 1 to " + limits.top());
    }
    return (int) node.asLong();
  }

  private int output() {
    JsonNode node = root.path("output");
    List<String> names = model.outputNames();
    if (node.isMissingNode()) {
      // As kronwood rank does: the first target, the last class.
      return model.model().target().classes().size() > 2 ? names.size() - 1 : 0;
    }
    int by = names.indexOf(node.isString() ? node.asString() : "");
    if (by < 0) {
      throw Problem.at("/output", "is not one of the " + names.size() + " outputs of the model");
    }
    return by;
  }

  private List<String> candidates(String mode) {
    ModelTable table = model.table(mode);
    Set<String> excluded = new HashSet<>(ids("exclude"));
    if (root.path("candidates").isMissingNode()) {
      EntityIds known = table.ids();
      // In pairs of one table's entities the given one is no candidate.
      for (String other : model.modes()) {
        if (!other.equals(mode) && model.table(other).name().equals(table.name())) {
          excluded.add(given(other));
        }
      }
      return known.asList().stream().filter(id -> !excluded.contains(id)).toList();
    }
    Collection<String> listed = new LinkedHashSet<>(ids("candidates"));
    listed.removeAll(excluded);
    return List.copyOf(listed);
  }

  private List<String> ids(String member) {
    JsonNode node = root.path(member);
    if (node.isMissingNode()) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    if (node.size() > limits.rows()) {
      throw Problem.at("/" + member, "has more than " + limits.rows() + " ids");
    }
    for (int i = 0; i < node.size(); i++) {
      String id = JsonBody.id(node.path(i));
      if (id == null) {
        throw Problem.at("/" + member + "/" + i, "is no id");
      }
      ids.add(id);
    }
    return ids;
  }

  private Answer answer(List<String> ids, Ranked ranked) {
    return Answer.of(
            Answer.JSON,
            JsonBody.bytes(
                json -> {
                  json.writeStartObject();
                  json.writeStringProperty("model", model.sha256());
                  json.writeArrayPropertyStart("results");
                  for (int i = 0; i < ranked.size(); i++) {
                    json.writeStartObject();
                    json.writeStringProperty("id", ids.get(ranked.candidates()[i]));
                    json.writeName("score");
                    JsonBody.number(json, ranked.predictions()[i]);
                    if (ranked.hasDeviations()) {
                      json.writeName("sd");
                      JsonBody.number(json, ranked.deviations()[i]);
                    }
                    json.writeEndObject();
                  }
                  json.writeEndArray();
                  json.writeEndObject();
                }))
        .withRows(ids.size());
  }
}
