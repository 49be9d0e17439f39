package kronwood.fault;

/**
 * Ways out of a fault, for callers that know them by names of their own, as the command line knows
 * its options.
 */
public enum Remedy {
  /** Give the table of entities: their features or similarities. */
  ENTITY_TABLE,
  /** Give attributes of the table, or an identity for ids alone. */
  ATTRIBUTES,
  /** Name the columns that hold the modes' ids, where they are called otherwise. */
  NAME_THE_MODES,
  /** Give entities that the model does not know with their attributes. */
  NEW_ENTITIES,
  /** Keep the leading principal components of the table only. */
  COMPONENTS,
  /** Average the similarities with their transpose. */
  SYMMETRISE,
  /** Give the table as features, not as similarities. */
  AS_FEATURES,
  /** Give the file as table of pairs. */
  AS_PAIRS,
  /** Learn classes: several of them. */
  SEVERAL_CLASSES,
  /** Learn classes: two of them. */
  TWO_CLASSES,
  /** Take pairs that are not listed as negatives. */
  IMPLICIT_NEGATIVES,
  /** Allow more memory. */
  MEMORY,
  /** Go on with the training whose checkpoints are there. */
  RESUME,
  /** Train for more epochs. */
  EPOCHS
}
