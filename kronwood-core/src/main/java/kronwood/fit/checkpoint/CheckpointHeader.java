package kronwood.fit.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.json.Json;
import kronwood.json.JsonValue;
import kronwood.plan.EngineChoice;
import kronwood.plan.EnginePlan;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import org.jspecify.annotations.Nullable;

/**
 * The header of a checkpoint: the training it belongs to.
 *
 * @param epoch epochs done
 * @param facts all that determines the result besides the plan: version, data, options
 * @param surroundings what may change the rounding of the result: Java and kernels
 * @param engine the engine that holds the weights
 * @param layout coordinates of its states, null if it has none
 * @param memory bytes that the training was allowed when it began
 */
public record CheckpointHeader(
    int epoch,
    Map<String, String> facts,
    Map<String, String> surroundings,
    EngineChoice engine,
    @Nullable StateLayout layout,
    double memory) {
  private static final String WHOLE = "whole inputs";

  public CheckpointHeader withEpoch(int other) {
    return new CheckpointHeader(other, facts, surroundings, engine, layout, memory);
  }

  public CheckpointHeader withFacts(Map<String, String> others) {
    return new CheckpointHeader(epoch, others, surroundings, engine, layout, memory);
  }

  public CheckpointHeader withPlan(EnginePlan plan, double allowed) {
    return new CheckpointHeader(epoch, facts, surroundings, plan.engine(), plan.layout(), allowed);
  }

  String toJson() {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("epoch", (long) epoch);
    root.put("facts", facts);
    root.put("surroundings", surroundings);
    root.put("engine", engine.key());
    List<String> states = new ArrayList<>();
    if (layout != null) {
      layout.representations().forEach(state -> states.add(state.name()));
    }
    root.put("axes", layout != null && layout.composite() ? WHOLE : "modes");
    root.put("states", states);
    root.put("memory", JsonValue.ofReal(memory));
    return Json.write(root);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static CheckpointHeader of(String json) {
    JsonValue root = JsonValue.read("checkpoint", json);
    List<Representation> states =
        root.at("states").texts().stream().map(Representation::valueOf).toList();
    return new CheckpointHeader(
        Math.toIntExact(root.at("epoch").count()),
        texts(root.at("facts")),
        texts(root.at("surroundings")),
        EngineChoice.of(root.at("engine").text()),
        states.isEmpty() ? null : new StateLayout(root.at("axes").text().equals(WHOLE), states),
        root.at("memory").real());
  }

  private static Map<String, String> texts(JsonValue object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.keys().forEach(key -> texts.put(key, object.at(key).text()));
    return texts;
  }
}
