package kronwood.prepared;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.ChunkShuffle;
import kronwood.json.Json;
import kronwood.json.JsonValue;

/**
 * The header of a file of prepared pairs, as JSON.
 *
 * @param content what the file says of its records
 * @param chunks SHA-256 of each chunk, in hexadecimal
 */
record PreparedHeader(PreparedContent content, List<String> chunks) {
  PreparedHeader {
    chunks = List.copyOf(chunks);
  }

  /** The digest of a chunk. */
  byte[] digest(int chunk) {
    return HexFormat.of().parseHex(chunks.get(chunk));
  }

  String toJson() {
    Map<String, Object> root = new LinkedHashMap<>();
    List<Object> modes = new ArrayList<>();
    for (PreparedContent.Mode mode : content.modes()) {
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("column", mode.column());
      written.put("table", (long) mode.table());
      modes.add(written);
    }
    root.put("modes", modes);
    List<Object> tables = new ArrayList<>();
    for (PreparedContent.Table table : content.tables()) {
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("name", table.name());
      written.put("ids", table.ids());
      tables.add(written);
    }
    root.put("tables", tables);
    root.put("targets", content.targets());
    root.put("classes", content.classes());
    String weight = content.weight();
    root.put("weight", weight == null ? List.of() : List.of(weight));
    root.put("train", (long) content.sizes().train());
    root.put("validation", (long) content.sizes().validation());
    root.put("test", (long) content.sizes().test());
    root.put("chunk", (long) content.shuffle().chunk());
    root.put("window", (long) content.shuffle().window());
    root.put("chunks", chunks);
    return Json.write(root);
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PreparedHeader of(String json) {
    JsonValue root = JsonValue.read("header", json);
    List<PreparedContent.Mode> modes = new ArrayList<>();
    for (JsonValue mode : root.at("modes").items()) {
      modes.add(new PreparedContent.Mode(mode.at("column").text(), count(mode, "table")));
    }
    List<PreparedContent.Table> tables = new ArrayList<>();
    for (JsonValue table : root.at("tables").items()) {
      tables.add(new PreparedContent.Table(table.at("name").text(), table.at("ids").texts()));
    }
    List<String> weight = root.at("weight").texts();
    PreparedContent content =
        new PreparedContent(
            modes,
            tables,
            root.at("targets").texts(),
            root.at("classes").texts(),
            weight.isEmpty() ? null : weight.getFirst(),
            new PreparedContent.Sizes(
                count(root, "train"), count(root, "validation"), count(root, "test")),
            new ChunkShuffle(count(root, "chunk"), count(root, "window")));
    PreparedHeader header = new PreparedHeader(content, root.at("chunks").texts());
    int expected = content.shuffle().chunks(content.sizes().all());
    if (header.chunks.size() != expected
        || !header.chunks.stream().allMatch(digest -> digest.matches("[0-9a-f]{64}"))) {
      throw new IllegalArgumentException(
          "it has %d digests of chunks, expected %d of 64 digits"
              .formatted(header.chunks.size(), expected));
    }
    return header;
  }

  private static int count(JsonValue value, String key) {
    return Math.toIntExact(value.at(key).count());
  }
}
