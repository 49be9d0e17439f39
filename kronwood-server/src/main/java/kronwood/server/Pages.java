package kronwood.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The page on which requests can be tried out, and the description of the service. */
final class Pages {
  private final String basePath;

  Pages(String basePath) {
    this.basePath = basePath;
  }

  /** The page. It loads nothing but the two files below. */
  Answer page() {
    return resource("try.html", "text/html; charset=utf-8")
        .with(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  /** Its script. */
  Answer script() {
    return resource("try.js", "text/javascript; charset=utf-8");
  }

  /** Its style. */
  Answer style() {
    return resource("try.css", "text/css; charset=utf-8");
  }

  /** The service in OpenAPI 3.1, with examples that the model can answer. */
  Answer openApi(ServedModel model, String version) {
    List<String> pair = new ArrayList<>();
    List<String> given = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    StringBuilder record = new StringBuilder();
    for (String mode : model.modes()) {
      String id = model.table(mode).ids().size() == 0 ? "" : model.table(mode).ids().id(0);
      String member = text(mode) + ": " + text(id);
      pair.add(text(id));
      record.append(record.isEmpty() ? "" : ", ").append(member);
      inputs.add(
          "{\"name\": %s, \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [%s]}"
              .formatted(text(mode), text(id)));
      if (!mode.equals(model.modes().getLast())) {
        given.add(member);
      }
    }
    String filled =
        load("openapi.json")
            .replace("@VERSION@", text(version))
            .replace("@SERVER@", text(basePath.isEmpty() ? "/" : basePath))
            .replace("@INFER@", text("/v2/models/" + model.name() + "/infer"))
            .replace("@METADATA@", text("/v2/models/" + model.name()))
            .replace("@TITLE@", text("Kronwood: " + String.join(", ", model.outputNames())))
            .replace("@PAIRS@", "{\"pairs\": [[" + String.join(", ", pair) + "]]}")
            .replace(
                "@RANK@",
                "{\"mode\": %s, \"given\": {%s}, \"top_n\": 5}"
                    .formatted(text(model.modes().getLast()), String.join(", ", given)))
            .replace("@RECORDS@", "{\"dataframe_records\": [{" + record + "}]}")
            .replace("@INPUTS@", "{\"inputs\": [" + String.join(", ", inputs) + "]}");
    return Answer.ofText(Answer.JSON, filled);
  }

  private static String text(String text) {
    return new String(JsonBody.bytes(json -> json.writeString(text)), StandardCharsets.UTF_8);
  }

  private static Answer resource(String name, String type) {
    return Answer.ofText(type, load(name));
  }

  private static String load(String name) {
    try (InputStream in = Pages.class.getResourceAsStream("/kronwood/server/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
