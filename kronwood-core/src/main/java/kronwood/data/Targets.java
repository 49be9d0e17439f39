package kronwood.data;

import java.util.List;

/** What is to be learned, one entry per sample: real numbers, or a class. */
public sealed interface Targets permits RealTargets, ClassTargets {
  /** Number of samples. */
  int size();

  /** Names of the target columns, or of the one column that holds the class. */
  List<String> names();

  /** The targets of the listed samples, in that order. */
  Targets select(int[] samples);
}
