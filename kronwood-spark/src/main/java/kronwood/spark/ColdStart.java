package kronwood.spark;

import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import org.jspecify.annotations.Nullable;

/** What becomes of an id that neither the model nor its tables know. */
final class ColdStart {
  private ColdStart() {}

  static InputException refusal(@Nullable String id, String mode, String table) {
    return new InputException(
        "%s of mode '%s' is not among the entities of table '%s': give its attributes, as in setTable(\"%s\", …), or set coldStartStrategy to nan or drop"
            .formatted(id == null ? "null" : "'" + id + "'", mode, table, table),
        Facts.of(Remedy.NEW_ENTITIES).inMode(mode, table));
  }
}
