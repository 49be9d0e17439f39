package kronwood.model.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a model file apart and puts it together again, changed but with a digest that fits. Shares
 * no code with what it tests: JSON is Jackson's.
 */
public final class ModelFileSurgery {
  static final JsonMapper JACKSON = JsonMapper.shared();

  private static final String BLANK = "\"sha256\":\"" + "0".repeat(64);

  /** The whole header. */
  final ObjectNode header;

  /** The JSON text among the metadata. */
  public final ObjectNode kronwood;

  /** What follows the header. */
  byte[] data;

  public ModelFileSurgery(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String json = new String(bytes, 8, length, StandardCharsets.UTF_8);
    this.header = (ObjectNode) JACKSON.readTree(json);
    this.kronwood = (ObjectNode) JACKSON.readTree(metadata().get("kronwood").stringValue());
    this.data = Arrays.copyOfRange(bytes, 8 + length, bytes.length);
  }

  public ObjectNode metadata() {
    return (ObjectNode) header.get("__metadata__");
  }

  ObjectNode tensor(String name) {
    return (ObjectNode) header.get(name);
  }

  /** The bytes of a tensor. */
  public ByteBuffer bytes(String name) {
    int begin = tensor(name).get("data_offsets").get(0).intValue();
    int end = tensor(name).get("data_offsets").get(1).intValue();
    return ByteBuffer.wrap(data, begin, end - begin).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the file; {@link #kronwood} replaces the JSON text, if there still is one. */
  public void save(Path file) throws IOException {
    if (metadata().has("kronwood")) {
      metadata().put("kronwood", JACKSON.writeValueAsString(kronwood));
    }
    save(file, JACKSON.writeValueAsString(header));
  }

  /** Writes the file with another header, with a digest if it has a place for one. */
  public void save(Path file, String json) throws IOException {
    String blank = json.replaceFirst("\"sha256\":\"[0-9a-f]{64}", BLANK);
    Files.write(file, assemble(blank.replace(BLANK, "\"sha256\":\"" + digest(assemble(blank)))));
  }

  private byte[] assemble(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(length.putLong(text.length).array());
    bytes.writeBytes(text);
    bytes.writeBytes(data);
    return bytes.toByteArray();
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
