package kronwood.io.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.io.entities.EntitySource;
import kronwood.model.ModelBlock;
import org.jspecify.annotations.Nullable;

/** Which of several similarity matrices of new entities belongs to which of the model's. */
final class SimilaritiesByName {
  /** How a block is named after the file it was read from. */
  private static final Pattern NAME = Pattern.compile("similarity [0-9]+ \\((.*)\\)");

  private SimilaritiesByName() {}

  /**
   * The given matrices in the order of the model's: each beside the one that came from a file of
   * the same name, the others in the order they are given.
   *
   * @param blocks the model's matrices
   * @param given as many
   * @param warnings is told of matrices that only their order assigns
   */
  static List<EntitySource> inOrder(
      String table, List<ModelBlock> blocks, List<EntitySource> given, Consumer<String> warnings) {
    if (blocks.size() < 2) {
      return given;
    }
    @Nullable EntitySource[] ordered = new EntitySource[blocks.size()];
    List<EntitySource> left = new ArrayList<>(given);
    for (int b = 0; b < ordered.length; b++) {
      String file = file(blocks.get(b));
      boolean unique = blocks.stream().filter(block -> file.equals(file(block))).count() == 1;
      List<EntitySource> same =
          left.stream().filter(one -> !file.isEmpty() && file.equals(file(one))).toList();
      if (unique && same.size() == 1) {
        ordered[b] = same.getFirst();
        left.remove(same.getFirst());
      }
    }
    List<String> assigned = new ArrayList<>();
    for (int b = 0; b < ordered.length; b++) {
      if (ordered[b] == null) {
        ordered[b] = left.removeFirst();
        assigned.add(
            "%s as %s"
                .formatted(Objects.requireNonNull(ordered[b]).source(), blocks.get(b).name()));
      }
    }
    if (!assigned.isEmpty()) {
      warnings.accept(
          "similarity: the order alone says which matrices of table '%s' are given: %s; files named as in the training are matched by their names"
              .formatted(table, String.join(", ", assigned)));
    }
    return Arrays.stream(ordered).map(Objects::requireNonNull).toList();
  }

  private static String file(ModelBlock block) {
    Matcher name = NAME.matcher(block.name());
    return name.matches() ? name.group(1) : "";
  }

  private static String file(EntitySource attributes) {
    return attributes.source().fileName();
  }
}
