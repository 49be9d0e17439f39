package kronwood.prepared;

import java.nio.ByteBuffer;
import java.util.List;
import kronwood.data.ChunkShuffle;
import kronwood.data.EntityIds;
import kronwood.data.Mode;
import kronwood.data.SampleSlots;
import kronwood.data.feed.SplitPart;
import kronwood.data.feed.StoredSamples;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;

/** The samples of a file of prepared pairs, whose entities are those of given tables. */
public final class PreparedSamples implements StoredSamples {
  private final PreparedPairs pairs;
  private final PreparedContent content;

  /** For each mode, the entity of its table that each number of the file stands for. */
  private final int[][] entities;

  private PreparedSamples(PreparedPairs pairs, int[][] entities) {
    this.pairs = pairs;
    this.content = pairs.content();
    this.entities = entities;
  }

  static PreparedSamples of(PreparedPairs pairs, List<Mode> modes) {
    PreparedContent content = pairs.content();
    if (!modes.stream().map(Mode::name).toList().equals(content.modeNames())) {
      throw new InputException(
          "%s: has the modes %s".formatted(pairs.file(), String.join(", ", content.modeNames())));
    }
    int[][] entities = new int[modes.size()][];
    for (int k = 0; k < entities.length; k++) {
      PreparedContent.Table table = content.tables().get(content.modes().get(k).table());
      entities[k] = entities(pairs, table, modes.get(k));
    }
    return new PreparedSamples(pairs, entities);
  }

  private static int[] entities(PreparedPairs pairs, PreparedContent.Table table, Mode mode) {
    EntityIds known = mode.table().ids();
    int[] entities = new int[table.ids().size()];
    int missing = 0;
    String first = "";
    for (int number = 0; number < entities.length; number++) {
      String id = table.ids().get(number);
      entities[number] = known.indexOf(id);
      if (entities[number] < 0) {
        first = missing == 0 ? id : first;
        missing++;
      }
    }
    if (missing > 0) {
      throw new InputException(
          "%s: the id '%s' is not in table '%s', which has %d entities; of %d ids that the pairs name, %d are missing"
              .formatted(
                  pairs.file(), first, mode.table().name(), known.size(), entities.length, missing),
          Facts.of(Remedy.NEW_ENTITIES)
              .inMode(mode.name(), mode.table().name())
              .found(first, "an id of table " + mode.table().name()));
    }
    return entities;
  }

  @Override
  public int size(SplitPart part) {
    return content.sizes().of(part);
  }

  @Override
  public ChunkShuffle shuffle() {
    return content.shuffle();
  }

  @Override
  public SampleSlots slots(int count) {
    boolean weighted = content.weight() != null;
    return content.classes().isEmpty()
        ? SampleSlots.ofReals(count, content.modes().size(), content.targets(), weighted)
        : SampleSlots.ofClasses(
            count,
            content.modes().size(),
            content.targets().getFirst(),
            content.classes(),
            weighted);
  }

  @Override
  public void read(SplitPart part, int from, int to, SampleSlots slots, int slot) {
    int begin = content.sizes().begin(part);
    int size = content.shuffle().chunk();
    int next = begin + from;
    int target = slot;
    while (next < begin + to) {
      int number = next / size;
      ByteBuffer chunk = pairs.chunk(number);
      int end = (int) Math.min(begin + to, (number + 1L) * size);
      for (; next < end; next++) {
        read(chunk, next, (next - number * size) * content.recordBytes(), slots, target++);
      }
    }
  }

  private void read(ByteBuffer chunk, int record, int offset, SampleSlots slots, int slot) {
    int at = offset;
    for (int k = 0; k < entities.length; k++, at += Integer.BYTES) {
      int entity = chunk.getInt(at);
      if (entity < 0 || entity >= entities[k].length) {
        throw pairs.badRecord(record);
      }
      slots.setEntity(slot, k, entities[k][entity]);
    }
    if (content.classes().isEmpty()) {
      for (int c = 0; c < content.targets().size(); c++, at += Float.BYTES) {
        float value = chunk.getFloat(at);
        if (!Float.isFinite(value)) {
          throw pairs.badRecord(record);
        }
        slots.setValue(slot, c, value);
      }
    } else {
      int label = chunk.getInt(at);
      at += Integer.BYTES;
      if (label < 0 || label >= content.classes().size()) {
        throw pairs.badRecord(record);
      }
      slots.setLabel(slot, label);
    }
    if (content.weight() != null) {
      float weight = chunk.getFloat(at);
      if (!(weight >= 0) || !Float.isFinite(weight)) {
        throw pairs.badRecord(record);
      }
      slots.setWeight(slot, weight);
    }
  }
}
