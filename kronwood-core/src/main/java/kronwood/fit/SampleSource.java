package kronwood.fit;

import java.util.List;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.gram.FactorFit;
import kronwood.input.InputForm;
import kronwood.train.TrainingProblem;

/** What a model is trained on: a data set in memory, or samples that are stored. */
sealed interface SampleSource permits ResidentSource, StoredSource {
  /**
   * Modes and tables. Its samples are all there are, or, if they are stored, whatever is in the
   * slots.
   */
  Dataset data();

  /** Entities of a table that occur in training samples, increasing. */
  int[] trainingEntities(int table);

  /** A table with the interaction profiles of the training samples, if it has any. */
  EntityTable table(int table);

  /** How entities become inputs, fitted on the training samples. */
  InputForm form(ModelOptions options, List<FactorFit> fits);

  /** What is trained on, with coordinates and a form that were fitted before. */
  TrainingProblem problem(ModelOptions options, List<FactorFit> fits, InputForm form);

  /** SHA-256 of all that a training reads: see {@link DataDigest}. */
  String digest();
}
