package kronwood.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;

/**
 * The distinct string ids of a table's entities, in table order; entity {@code e} is the one with
 * id {@code id(e)}.
 *
 * <p>Look-ups in both directions are O(1).
 */
public final class EntityIds {
  private final List<String> ids;
  private final Map<String, Integer> positions;

  private EntityIds(List<String> ids, Map<String, Integer> positions) {
    this.ids = ids;
    this.positions = positions;
  }

  /**
   * Ids in the given order.
   *
   * @throws InputException if an id is empty or occurs twice; the message names it and its
   *     positions, counted from 1
   */
  public static EntityIds of(List<String> ids) {
    Map<String, Integer> positions = HashMap.newHashMap(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      if (id.isEmpty()) {
        throw new InputException("entity " + (i + 1) + " has an empty id");
      }
      Integer earlier = positions.putIfAbsent(id, i);
      if (earlier != null) {
        throw new InputException(
            "duplicate id '" + id + "': entities " + (earlier + 1) + " and " + (i + 1));
      }
    }
    return new EntityIds(List.copyOf(ids), positions);
  }

  /** Number of entities. */
  public int size() {
    return ids.size();
  }

  /** Id of entity {@code entity}, {@code 0 <= entity < size()}. */
  public String id(int entity) {
    return ids.get(entity);
  }

  /** Position of {@code id}, or −1 if there is no such entity. */
  public int indexOf(String id) {
    return positions.getOrDefault(id, -1);
  }

  /** All ids in table order, unmodifiable. */
  public List<String> asList() {
    return ids;
  }
}
