package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.input.StructuredInputs;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.prediction.KnownEntities;
import kronwood.loss.Task;
import kronwood.model.Model;
import kronwood.model.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * A model and the samples that a report shows it on. Predictions are made once, when it is made.
 *
 * <p>Entities are numbered as {@link KnownEntities#ids} lists them.
 */
public final class Subject {
  private final KnownEntities entities;
  private final Model model;
  private final String part;
  private final Samples samples;
  private final @Nullable Samples training;
  private final int threads;
  private final Predictions predictions;

  private Subject(
      KnownEntities entities,
      Model model,
      String part,
      Samples samples,
      @Nullable Samples training,
      int threads) {
    this.entities = entities;
    this.model = model;
    this.part = part;
    this.samples = samples;
    this.training = training;
    this.threads = threads;
    this.predictions = entities.predict(samples.tuples());
  }

  /**
   * A model on given samples.
   *
   * @param entities the entities of {@code model}
   * @param part what the samples are called, such as {@code test}
   * @param samples samples to show, at least one
   * @param training the samples that the model was trained on, null if they are not at hand: then
   *     there are no baselines, and nothing is told by how often entities were seen
   * @param threads threads to predict with
   */
  public static Subject of(
      KnownEntities entities,
      Model model,
      String part,
      Samples samples,
      @Nullable Samples training,
      int threads) {
    return new Subject(entities, model, part, samples, training, threads);
  }

  /**
   * A model on the data that it was trained on: on the test samples, or the validation samples if
   * there are none, or else the training samples.
   */
  public static Subject of(Model model, Dataset data, Split split, int threads) {
    String part =
        split.test().length > 0
            ? "test"
            : split.validation().length > 0 ? "validation" : "training";
    int[] shown =
        switch (part) {
          case "test" -> split.test();
          case "validation" -> split.validation();
          default -> split.train();
        };
    List<ModeSpec> modes = new ArrayList<>();
    for (int mode = 0; mode < model.modeNames().size(); mode++) {
      modes.add(new ModeSpec(model.modeNames().get(mode), model.table(mode).name()));
    }
    return new Subject(
        KnownEntities.of(model, modes, Map.of(), threads, _ -> {}),
        model,
        part,
        data.samples().select(shown),
        data.samples().select(split.train()),
        threads);
  }

  /** The same where the training samples are not at hand. */
  public Subject withoutTraining() {
    return new Subject(entities, model, part, samples, null, threads);
  }

  Model model() {
    return model;
  }

  String part() {
    return part;
  }

  Samples samples() {
    return samples;
  }

  /** Number of samples that are shown. */
  public int size() {
    return samples.size();
  }

  @Nullable Samples training() {
    return training;
  }

  int threads() {
    return threads;
  }

  Predictions predictions() {
    return predictions;
  }

  Predictions predict(EntityTuples tuples) {
    return entities.predict(tuples);
  }

  StructuredInputs inputs(EntityTuples tuples) {
    return entities.inputs(tuples);
  }

  Task task() {
    return model.target().loss().task();
  }

  int outputs() {
    return model.target().outputs();
  }

  int modes() {
    return model.modeNames().size();
  }

  String mode(int mode) {
    return model.modeNames().get(mode);
  }

  String id(int mode, int entity) {
    return entities.idsOf(mode).id(entity);
  }

  int entities(int mode) {
    return entities.idsOf(mode).size();
  }

  /** True if samples are pairs of a left and a right entity that can be combined freely. */
  boolean isGrid() {
    return modes() == 2 && new HashSet<>(model.modeNames()).size() == 2;
  }

  /** All positions, 0, 1, …. */
  int[] all() {
    int[] all = new int[size()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** The entities of a sample, joined by ×. */
  String name(int sample) {
    StringBuilder name = new StringBuilder();
    for (int mode = 0; mode < modes(); mode++) {
      name.append(mode == 0 ? "" : " × ").append(id(mode, samples.tuples().entity(sample, mode)));
    }
    return name.toString();
  }

  /** The truth as a person reads it. */
  double actual(int sample, int output) {
    return switch (samples.targets()) {
      case RealTargets real -> real.value(sample, output);
      case ClassTargets classes -> classes.label(sample);
    };
  }

  double predicted(int sample, int output) {
    return predictions.values()[sample * outputs() + output];
  }

  /** The class of largest probability. */
  int predictedClass(int sample) {
    if (task() == Task.BINARY) {
      return predicted(sample, 0) >= 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int c = 1; c < outputs(); c++) {
      best = predicted(sample, c) > predicted(sample, best) ? c : best;
    }
    return best;
  }

  /** The probability that was given to the true class. */
  double probabilityOfTruth(int sample) {
    int label = (int) actual(sample, 0);
    if (task() == Task.BINARY) {
      return label == 1 ? predicted(sample, 0) : 1 - predicted(sample, 0);
    }
    return predicted(sample, label);
  }

  /** How far off a sample is: |ŷ − y| of the first target, or −ln of the truth's probability. */
  double error(int sample) {
    return task() == Task.REGRESSION
        ? Math.abs(predicted(sample, 0) - actual(sample, 0))
        : -Math.log(Math.max(probabilityOfTruth(sample), 1e-15));
  }

  /** What {@link #error} is called. */
  String errorName() {
    return task() == Task.REGRESSION
        ? "absolute error of " + model.target().names().getFirst()
        : "−ln of the probability of the true class";
  }
}
