package kronwood.cli;

import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;

/** Which option leads out of a fault, in words that go on after its message. */
final class Advice {
  private Advice() {}

  /** The message of a fault, and the way out if it is known. */
  static String withWayOut(InputException e) {
    return (e.facts().option() == null ? "" : "--") + e.getMessage() + wayOut(e.facts());
  }

  private static String wayOut(Facts facts) {
    Remedy remedy = facts.remedy();
    String table = facts.table() == null ? "NAME" : facts.table();
    return switch (remedy) {
      case null -> "";
      case ENTITY_TABLE ->
          ": give --features %s=FILE or --similarity %s=FILE".formatted(table, table);
      case ATTRIBUTES ->
          ", give --features %s=TABLE or --similarity %s=TABLE, or --identity %s=1 or --profile %s to tell them apart by their ids or interactions only"
              .formatted(table, table, table, table);
      case NAME_THE_MODES, NEW_ENTITIES -> "";
      case COMPONENTS -> ": --components %s=256 or the like".formatted(table);
      case SYMMETRISE -> ": --symmetrise " + table;
      case AS_FEATURES -> ", give them with --features";
      case AS_PAIRS -> "; labels belong to --pairs";
      case SEVERAL_CLASSES -> "; to learn several classes use --loss softmax";
      case IMPLICIT_NEGATIVES ->
          "; where the table lists positives only, --negatives all takes all other pairs as"
              + " negatives";
      case TWO_CLASSES -> ", with --loss logistic";
      case MEMORY -> "";
      case RESUME -> ": --resume goes on with it";
      case EPOCHS -> ": --epochs";
    };
  }
}
