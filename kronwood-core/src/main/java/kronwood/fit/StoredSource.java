package kronwood.fit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import kronwood.data.ChunkShuffle;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.InteractionProfiles;
import kronwood.data.Mode;
import kronwood.data.feed.SplitPart;
import kronwood.data.feed.StoredFeed;
import kronwood.data.feed.StoredSamples;
import kronwood.fault.InputException;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorTable;
import kronwood.input.InputForm;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.loss.Task;
import kronwood.plan.EngineChoice;
import kronwood.train.TrainingProblem;

/**
 * Samples that are stored, and read a window at a time. Tables of entities are in memory. The
 * training samples are read several times before the first epoch: for the digest, the entities that
 * occur, weights and targets.
 */
final class StoredSource implements SampleSource {
  private static final String INSTEAD =
      ", which pairs that stay on disk do not allow; leave it out, or have the pairs read into"
          + " memory";

  private final ChunkShuffle shuffle;
  private final StoredFeed feed;
  private final Dataset data;
  private final List<int[]> trainingEntities;

  private StoredSource(
      ChunkShuffle shuffle, StoredFeed feed, Dataset data, List<int[]> trainingEntities) {
    this.shuffle = shuffle;
    this.feed = feed;
    this.data = data;
    this.trainingEntities = trainingEntities;
  }

  /**
   * Samples of these modes.
   *
   * @throws InputException if the options ask for what needs all samples in memory
   */
  static StoredSource of(List<Mode> modes, StoredSamples samples, ModelOptions options) {
    if (samples.size(SplitPart.TRAIN) == 0) {
      throw new InputException("no training samples");
    }
    StoredFeed feed = new StoredFeed(samples);
    Dataset data = Dataset.of(modes, feed.samples());
    check(data, options);
    return new StoredSource(samples.shuffle(), feed, data, entities(data, feed));
  }

  private static void check(Dataset data, ModelOptions options) {
    EngineChoice engine = options.training().engine().engine();
    if (engine != EngineChoice.WEIGHTS) {
      throw new InputException(
          "pairs that stay on disk are trained by engine weights, found engine " + engine.key());
    }
    if (options.structure() != PairStructure.PLAIN) {
      throw new InputException("structure " + options.structure().key() + INSTEAD);
    }
    if (options.network().ensemble().isSeveral()) {
      throw new InputException(
          "an ensemble of " + options.network().ensemble().members() + " members" + INSTEAD);
    }
    if (options.network().hasSkip() && options.loss().task() == Task.REGRESSION) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "skip %s: the linear skip starts from a linear model of all pairs%s",
              options.network().skip(),
              INSTEAD));
    }
    for (EntityTable table : data.tables()) {
      if (InteractionProfiles.has(table)) {
        throw new InputException("interaction profiles of table '" + table.name() + "'" + INSTEAD);
      }
    }
  }

  private static List<int[]> entities(Dataset data, StoredFeed feed) {
    int[] tableOfMode = data.tableOfMode();
    List<BitSet> found = new ArrayList<>();
    data.tables().forEach(table -> found.add(new BitSet(table.size())));
    feed.walk(SplitPart.TRAIN)
        .forEach(
            sample -> {
              for (int k = 0; k < tableOfMode.length; k++) {
                found.get(tableOfMode[k]).set(data.samples().tuples().entity(sample, k));
              }
            });
    return found.stream().map(entities -> entities.stream().toArray()).toList();
  }

  @Override
  public Dataset data() {
    return data;
  }

  @Override
  public int[] trainingEntities(int table) {
    return trainingEntities.get(table);
  }

  @Override
  public EntityTable table(int table) {
    return data.tables().get(table);
  }

  @Override
  public InputForm form(ModelOptions options, List<FactorFit> fits) {
    return InputForm.PLAIN;
  }

  @Override
  public TrainingProblem problem(ModelOptions options, List<FactorFit> fits, InputForm form) {
    List<FactorTable> factors = fits.stream().map(FactorFit::table).toList();
    StructuredInputs inputs =
        StructuredInputs.of(factors, data.tableOfMode(), data.samples().tuples(), form);
    if (inputs.isSparse()) {
      throw new InputException("sparse coordinates of ids" + INSTEAD);
    }
    return TrainingProblem.ofStored(inputs, feed, options.loss());
  }

  @Override
  public String digest() {
    return DataDigest.of(data, feed, shuffle);
  }
}
