package kronwood.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks: rows of entities, and what is known of those that are new.
 *
 * @param ids for each name of a mode the id of each row's entity; modes of one name share them
 * @param described new entities by name of their table and id; an id that is here is a new entity
 *     even if the model knows one of its name
 * @param places says where in the request an entity stands
 */
record Query(
    Map<String, List<String>> ids,
    Map<String, Map<String, Map<String, ?>>> described,
    Places places) {

  /** Says where in a request something stands. */
  interface Places {
    /** Place of a row's entity, such as {@code /pairs/3/0}. */
    String of(int row, String mode);

    /** Place of a column of a new entity, such as {@code /entities/left/D99/size}. */
    default String of(String table, String id, String column) {
      return "/entities/" + escaped(table) + "/" + escaped(id) + "/" + escaped(column);
    }

    /** A name in a JSON pointer. */
    static String escaped(String name) {
      String quoted = Problem.quoted(name);
      return quoted.substring(1, quoted.length() - 1).replace("~", "~0").replace("/", "~1");
    }
  }

  /** Number of rows. */
  int rows() {
    return ids.values().iterator().next().size();
  }

  /** Collects the rows of a query, which may come from any protocol. */
  static final class Builder {
    private final List<String> modes;
    private final int mostRows;
    private final Map<String, List<String>> ids = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, ?>>> described = new LinkedHashMap<>();

    /**
     * @param modes distinct names of the modes
     */
    Builder(List<String> modes, int mostRows) {
      this.modes = modes;
      this.mostRows = mostRows;
      modes.forEach(mode -> ids.put(mode, new ArrayList<>()));
    }

    /** Refuses a request of more rows than are allowed, before they are read. */
    void checkRows(int rows) {
      if (rows > mostRows) {
        throw new Problem(
            413, "Too large", "a request has at most " + mostRows + " rows, found " + rows);
      }
    }

    /** Adds the entity of one mode to a row. */
    void add(String mode, String id) {
      List<String> column = ids.computeIfAbsent(mode, _ -> new ArrayList<>());
      column.add(id);
      if (column.size() > mostRows) {
        throw new Problem(413, "Too large", "a request has at most " + mostRows + " rows");
      }
    }

    /** Says what is known of a new entity. */
    void describe(String table, String id, Map<String, ?> columns) {
      described.computeIfAbsent(table, _ -> new LinkedHashMap<>()).put(id, columns);
    }

    Query query(Places places) {
      for (String mode : modes) {
        if (ids.getOrDefault(mode, List.of()).size()
            != ids.getOrDefault(modes.getFirst(), List.of()).size()) {
          throw Problem.bad("rows do not have one entity of each of " + String.join(", ", modes));
        }
      }
      return new Query(ids, described, places);
    }
  }
}
