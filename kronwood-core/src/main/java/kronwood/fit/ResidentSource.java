package kronwood.fit;

import java.util.List;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.InteractionProfiles;
import kronwood.data.Split;
import kronwood.gram.FactorFit;
import kronwood.input.InputForm;
import kronwood.train.TrainingProblem;

/**
 * A data set in memory.
 *
 * @param data modes, tables and samples
 * @param split which samples train, validate and test
 */
record ResidentSource(Dataset data, Split split) implements SampleSource {
  @Override
  public int[] trainingEntities(int table) {
    return TrainingInputs.trainingEntities(data, split, table);
  }

  @Override
  public EntityTable table(int table) {
    return InteractionProfiles.table(data, table, split.train());
  }

  @Override
  public InputForm form(ModelOptions options, List<FactorFit> fits) {
    return TrainingInputs.form(data, split, options, fits);
  }

  @Override
  public TrainingProblem problem(ModelOptions options, List<FactorFit> fits, InputForm form) {
    return TrainingInputs.problem(data, split, options, fits, form);
  }

  @Override
  public String digest() {
    return DataDigest.of(data, split);
  }
}
