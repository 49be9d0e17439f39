package kronwood.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kronwood.model.Predictions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /invocations}, as scoring servers of MLflow have it: JSON with one of the members {@code
 * dataframe_split}, {@code dataframe_records}, {@code instances} and {@code inputs}, or CSV; the
 * answer has {@code predictions}.
 */
final class MlflowProtocol {
  private static final List<String> MEMBERS =
      List.of("dataframe_split", "dataframe_records", "instances", "inputs");

  private MlflowProtocol() {}

  /** Answers a request whose body is a table. */
  static Answer csv(ServedModel model, byte[] body, int mostRows) {
    List<List<String>> rows = CsvRows.of(body);
    return answer(
        model, TableQuery.of(model, rows.getFirst(), rows.subList(1, rows.size()), mostRows));
  }

  /** Answers a request whose body is JSON. */
  static Answer json(ServedModel model, byte[] body, int mostRows) {
    JsonNode root = JsonBody.object(body);
    List<String> found = MEMBERS.stream().filter(root::has).toList();
    if (found.size() != 1) {
      throw Problem.bad("expected one of the members " + String.join(", ", MEMBERS));
    }
    String member = found.getFirst();
    JsonNode given = root.path(member);
    boolean split = member.equals(MEMBERS.getFirst());
    Query query =
        split
            ? split(model, given, mostRows)
            : given.isObject()
                ? columns(model, given, mostRows)
                : records(model, "/" + member, given, mostRows);
    return answer(model, query);
  }

  private static Query split(ServedModel model, JsonNode given, int mostRows) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : given.path("columns")) {
      names.add(name.asString(""));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    checkRows(given.path("data").size(), mostRows);
    for (JsonNode row : given.path("data")) {
      if (!row.isArray() || row.size() != names.size()) {
        throw Problem.at(
            "/dataframe_split/data/" + rows.size(),
            "is no array of as many values as there are columns, " + names.size());
      }
      rows.add(values(row));
    }
    return TableQuery.of(model, names, rows, mostRows);
  }

  private static void checkRows(int rows, int mostRows) {
    if (rows > mostRows) {
      throw new Problem(413, "Too large", "a request has at most " + mostRows + " rows");
    }
  }

  private static List<@Nullable Object> values(JsonNode row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (JsonNode value : row) {
      values.add(JsonBody.value(value));
    }
    return values;
  }

  /** Columns as members of an object, each an array with a value for each row. */
  private static Query columns(ServedModel model, JsonNode given, int mostRows) {
    List<String> names = new ArrayList<>();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> column : given.properties()) {
      JsonNode values = column.getValue();
      int count = values.isArray() ? values.size() : 1;
      checkRows(count, mostRows);
      if (names.isEmpty()) {
        for (int row = 0; row < count; row++) {
          rows.add(new ArrayList<>());
        }
      }
      if (count != rows.size()) {
        throw Problem.at(
            "/inputs/" + Query.Places.escaped(column.getKey()),
            "has %d values, others have %d".formatted(count, rows.size()));
      }
      names.add(column.getKey());
      for (int row = 0; row < count; row++) {
        rows.get(row).add(JsonBody.value(values.isArray() ? values.path(row) : values));
      }
    }
    return TableQuery.of(model, names, rows, mostRows);
  }

  /** Rows as objects, or as arrays in the order of the modes. */
  private static Query records(ServedModel model, String place, JsonNode given, int mostRows) {
    if (!given.isArray()) {
      throw Problem.at(place, "is no array of rows");
    }
    checkRows(given.size(), mostRows);
    Set<String> names = new LinkedHashSet<>(model.modes());
    for (JsonNode record : given) {
      record.properties().forEach(member -> names.add(member.getKey()));
    }
    List<String> columns = List.copyOf(names);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (JsonNode record : given) {
      List<@Nullable Object> row =
          new ArrayList<>(Collections.<@Nullable Object>nCopies(columns.size(), null));
      for (int c = 0; c < columns.size(); c++) {
        JsonNode value = record.isArray() ? record.path(c) : record.path(columns.get(c));
        row.set(c, value.isMissingNode() ? null : JsonBody.value(value));
      }
      boolean fits = record.isObject() || (record.isArray() && record.size() == columns.size());
      if (!fits) {
        throw Problem.at(
            place + "/" + rows.size(),
            "is neither an object nor an array of an id of each of " + String.join(", ", columns));
      }
      rows.add(row);
    }
    return TableQuery.of(model, columns, rows, mostRows);
  }

  private static Answer answer(ServedModel model, Query query) {
    Predictions predictions = model.predict(query);
    return Answer.of(
            Answer.JSON,
            JsonBody.bytes(
                json -> {
                  json.writeStartObject();
                  JsonBody.rows(json, "predictions", predictions.values(), model.outputs());
                  if (predictions.hasDeviations()) {
                    JsonBody.rows(json, "deviations", predictions.deviations(), model.outputs());
                  }
                  json.writeStringProperty("model", model.sha256());
                  json.writeEndObject();
                }))
        .withRows(query.rows());
  }
}
