import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of parts of a package in the format CycloneDX: that of the command line, which Maven
 * makes, with the Java runtime, and with the sums of the jars that are in the package.
 */
final class Parts {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Parts() {}

  static void write(Path ofMaven, Path folder) throws IOException {
    ObjectNode bom = (ObjectNode) JSON.readTree(Files.readAllBytes(ofMaven));
    // Drawn at random where there is one.
    bom.remove("serialNumber");
    ArrayNode parts = (ArrayNode) bom.get("components");
    for (var part : parts) {
      Path jar = folder.resolve("app/lib").resolve(jarName((ObjectNode) part));
      ArrayNode hashes = ((ObjectNode) part).putArray("hashes");
      hashes.addObject().put("alg", "SHA-256").put("content", Distribution.sha256(jar));
    }
    parts.add(runtime(folder));
    Files.writeString(folder.resolve("bom.json"), JSON.writeValueAsString(bom) + "\n");
  }

  static String jarName(ObjectNode part) {
    return part.get("name").asString() + "-" + part.get("version").asString() + ".jar";
  }

  private static ObjectNode runtime(Path folder) throws IOException {
    ObjectNode part = JSON.createObjectNode();
    part.put("type", "platform");
    part.put("bom-ref", "java-runtime");
    part.put("publisher", System.getProperty("java.vendor"));
    part.put("name", "OpenJDK");
    part.put("version", Runtime.version().toString());
    part.put("description", "Modules: " + modules(folder));
    ObjectNode licence = part.putArray("licenses").addObject();
    licence.put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    return part;
  }

  private static String modules(Path folder) throws IOException {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve("runtime/release"))) {
      release.load(in);
    }
    return String.join(" ", List.of(release.getProperty("MODULES").replace("\"", "").split(" ")));
  }
}
