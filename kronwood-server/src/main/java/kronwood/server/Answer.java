package kronwood.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client gets.
 *
 * @param status HTTP status
 * @param type type of the body
 * @param body the body; not copied
 * @param headers further headers
 * @param rows rows that were predicted for it
 */
@SuppressWarnings("ArrayRecordComponent") // as documented
record Answer(int status, String type, byte[] body, Map<String, String> headers, int rows) {
  static final String JSON = "application/json";
  static final String CSV = "text/csv; charset=utf-8";

  /** A body with status 200. */
  static Answer of(String type, byte[] body) {
    return new Answer(200, type, body, Map.of(), 0);
  }

  /** A text with status 200. */
  static Answer ofText(String type, String text) {
    return of(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with another header. */
  Answer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, more, rows);
  }

  /** The same, for which so many rows were predicted. */
  Answer withRows(int predicted) {
    return new Answer(status, type, body, headers, predicted);
  }
}
