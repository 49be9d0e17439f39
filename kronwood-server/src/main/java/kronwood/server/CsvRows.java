package kronwood.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A body in CSV, as RFC 4180 has it: UTF-8, a header, commas, quotes where they are needed. */
final class CsvRows {
  private static final int MOST_COLUMNS = 100_000;

  private final String text;
  private int at;

  private CsvRows(String text) {
    this.text = text;
  }

  /**
   * All rows, the header first, of as many columns.
   *
   * @throws Problem naming the row that is not as it should be
   */
  static List<List<String>> of(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.bad("the table is not UTF-8");
    }
    return new CsvRows(text.startsWith("\uFEFF") ? text.substring(1) : text).rows();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    while (at < text.length()) {
      List<String> row = row(rows.size());
      if (row.size() == 1 && row.getFirst().isEmpty()) {
        continue;
      }
      if (!rows.isEmpty() && row.size() != rows.getFirst().size()) {
        throw Problem.at(
            "row " + rows.size(),
            "has %d columns, the header has %d".formatted(row.size(), rows.getFirst().size()));
      }
      rows.add(row);
    }
    if (rows.isEmpty()) {
      throw Problem.bad("the table is empty, expected a header and rows");
    }
    return rows;
  }

  private List<String> row(int number) {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted(number) : plain());
      if (cells.size() > MOST_COLUMNS) {
        throw Problem.at("row " + number, "has more than " + MOST_COLUMNS + " columns");
      }
      if (at >= text.length()) {
        return cells;
      }
      char next = text.charAt(at++);
      if (next == '\r' && at < text.length() && text.charAt(at) == '\n') {
        at++;
      }
      if (next != ',') {
        return cells;
      }
    }
  }

  private String plain() {
    int from = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted(int number) {
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        cell.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        break;
      } else {
        return cell.toString();
      }
    }
    throw Problem.at("row " + number, "a quote is not closed, or is followed by other text");
  }
}
