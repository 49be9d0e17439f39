package kronwood.model;

import java.util.List;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Tables of new entities that a model is asked about: whether they fit, and what is taken of them.
 */
final class NewEntities {
  private NewEntities() {}

  /**
   * Checks names.
   *
   * @throws InputException if two tables have one name, or the model has no such table
   */
  static void check(Model model, List<EntityTable> newEntities) {
    if (newEntities.stream().map(EntityTable::name).distinct().count() != newEntities.size()) {
      throw new InputException("two tables of new entities have the same name");
    }
    for (EntityTable given : newEntities) {
      if (model.tables().stream().noneMatch(table -> table.name().equals(given.name()))) {
        throw new InputException(
            "the model has no table '"
                + given.name()
                + "'; its tables are "
                + model.tables().stream().map(ModelTable::name).toList());
      }
    }
  }

  /** What is given of new entities, as another model takes it. */
  static EntityTable forOthers(Model other, EntityTable given) {
    for (ModelTable table : other.tables()) {
      if (table.name().equals(given.name()) && given.attributes() instanceof Blocks blocks) {
        return table.newEntities(
            given.ids(),
            blocks.blocks().stream()
                .filter(
                    block ->
                        !(block instanceof Block.OfProfile || block instanceof Block.OfIdentity))
                .toList());
      }
    }
    return given;
  }

  static @Nullable EntityTable find(List<EntityTable> tables, String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElse(null);
  }

  static void checkColumns(ModelTable table, EntityTable given) {
    if (!given.columns().equals(table.columns())) {
      throw new InputException(
          "new entities of table '"
              + table.name()
              + "' have "
              + given.columns().size()
              + " columns that are not the "
              + table.columns().size()
              + " the model was trained with, in their order");
    }
  }
}
