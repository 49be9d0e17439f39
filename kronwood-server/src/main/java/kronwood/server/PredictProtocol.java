package kronwood.server;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kronwood.model.Predictions;
import tools.jackson.databind.JsonNode;

/**
 * {@code /v1/predict}: pairs in JSON or CSV, and an answer in either.
 *
 * <pre>
 * {"pairs": [["D1", "P1"], {"left": "N1", "right": "P2"}],
 *  "entities": {"left": {"N1": {"size": 1.16, "charge": 0, "rings": 0}}}}
 * </pre>
 */
final class PredictProtocol {
  private PredictProtocol() {}

  /** Answers a request whose body is JSON. */
  static Answer json(ServedModel model, byte[] body, boolean csv, int mostRows) {
    return answer(model, query(model, JsonBody.object(body), mostRows), csv);
  }

  /** Answers a request whose body is a table. */
  static Answer csv(ServedModel model, byte[] body, boolean csv, int mostRows) {
    List<List<String>> rows = CsvRows.of(body);
    return answer(
        model, TableQuery.of(model, rows.getFirst(), rows.subList(1, rows.size()), mostRows), csv);
  }

  private static Answer answer(ServedModel model, Query query, boolean csv) {
    Predictions predictions = model.predict(query);
    Answer answer =
        csv
            ? Answer.ofText(Answer.CSV, text(model, predictions))
            : Answer.of(
                Answer.JSON,
                JsonBody.bytes(
                    json -> {
                      json.writeStartObject();
                      json.writeStringProperty("model", model.sha256());
                      JsonBody.texts(json, "outputs", model.outputNames());
                      int outputs = model.outputs();
                      JsonBody.rows(json, "predictions", predictions.values(), outputs);
                      if (predictions.hasDeviations()) {
                        JsonBody.rows(json, "deviations", predictions.deviations(), outputs);
                      }
                      json.writeEndObject();
                    }));
    return answer.withRows(query.rows());
  }

  private static Query query(ServedModel model, JsonNode root, int mostRows) {
    JsonNode pairs = root.path("pairs");
    if (!pairs.isArray()) {
      throw Problem.at("/pairs", "is no array of pairs");
    }
    Query.Builder builder = new Query.Builder(model.modes(), mostRows);
    builder.checkRows(pairs.size());
    describe(model, root, builder);
    for (int row = 0; row < pairs.size(); row++) {
      JsonNode pair = pairs.get(row);
      for (int mode = 0; mode < model.modes().size(); mode++) {
        String name = model.modes().get(mode);
        String id = JsonBody.id(pair.isArray() ? pair.path(mode) : pair.path(name));
        boolean tooMany = pair.isArray() && pair.size() > model.modes().size();
        if (id == null || tooMany) {
          throw Problem.at(
              "/pairs/" + row,
              "is not one id of each of the modes " + String.join(", ", model.modes()));
        }
        builder.add(name, id);
      }
    }
    Set<Integer> arrays = new LinkedHashSet<>();
    for (int row = 0; row < pairs.size(); row++) {
      if (pairs.get(row).isArray()) {
        arrays.add(row);
      }
    }
    return builder.query(
        (row, mode) ->
            "/pairs/"
                + row
                + "/"
                + (arrays.contains(row)
                    ? Integer.toString(model.modes().indexOf(mode))
                    : Query.Places.escaped(mode)));
  }

  /** Reads {@code entities}: by table, by id, the columns. */
  static void describe(ServedModel model, JsonNode root, Query.Builder builder) {
    JsonNode entities = root.path("entities");
    if (entities.isMissingNode()) {
      return;
    }
    if (!entities.isObject()) {
      throw Problem.at("/entities", "is no object of tables");
    }
    int count = 0;
    for (Map.Entry<String, JsonNode> table : entities.properties()) {
      String place = "/entities/" + Query.Places.escaped(table.getKey());
      List<String> tables = new ArrayList<>();
      model.model().tables().forEach(one -> tables.add(one.name()));
      if (!tables.contains(table.getKey()) || !table.getValue().isObject()) {
        throw Problem.at(
            place,
            "is no object of new entities of one of the tables " + String.join(", ", tables));
      }
      count += table.getValue().size();
      builder.checkRows(count);
      for (Map.Entry<String, JsonNode> entity : table.getValue().properties()) {
        if (!entity.getValue().isObject()) {
          throw Problem.at(
              place + "/" + Query.Places.escaped(entity.getKey()), "is no object of columns");
        }
        builder.describe(table.getKey(), entity.getKey(), JsonBody.members(entity.getValue()));
      }
    }
  }

  private static String text(ServedModel model, Predictions predictions) {
    StringBuilder text = new StringBuilder();
    int outputs = model.outputs();
    List<String> names =
        switch (model.model().target().loss().task()) {
          case REGRESSION -> outputs == 1 ? List.of("score") : model.outputNames();
          case BINARY -> List.of("probability");
          case MULTICLASS -> model.outputNames().stream().map(n -> "probability_" + n).toList();
        };
    List<String> header = new ArrayList<>(names);
    if (predictions.hasDeviations()) {
      names.forEach(name -> header.add(name + "_sd"));
    }
    text.append(String.join(",", header.stream().map(PredictProtocol::cell).toList()));
    text.append('\n');
    for (int i = 0; i < predictions.values().length; i += outputs) {
      for (int c = 0; c < outputs; c++) {
        text.append(c == 0 ? "" : ",").append(predictions.values()[i + c]);
      }
      for (int c = 0; c < outputs && predictions.hasDeviations(); c++) {
        text.append(',').append(predictions.deviations()[i + c]);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
