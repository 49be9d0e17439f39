package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.candidate.Score;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.linear.RidgeOptions;
import kronwood.loss.EncodedTargets;
import kronwood.loss.Task;
import kronwood.model.KnownEntitySets;
import kronwood.trial.Blend;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;
import kronwood.trial.Validation;
import org.jspecify.annotations.Nullable;

/**
 * How much network and linear model count in one setting: {@code f = w · a · f_network + (1 − w) ·
 * b · f_linear + offset}. First a and b scale each part to fit the held-out samples by itself; a
 * part that is worse than the mean prediction, by more than chance, gets 0. Then w is the best
 * share on these samples, if it is better than the usual share by more than the standard error of
 * the gain (see {@link Score#isBetterThan}); else w is the usual share: 1 if all entities are
 * known, one half otherwise.
 *
 * @param network a · w
 * @param linear b · (1 − w)
 * @param offset added
 * @param line for people, with λ
 */
record SettingFactors(double network, double linear, double offset, SettingReport.Line line) {
  private static final int FEWEST_SAMPLES = 20;
  private static final int FEWEST_OF_A_CLASS = 5;
  private static final int FEWEST_ENTITIES = 3;
  private static final int STEPS = 20;

  /** What was found out on one division. */
  @SuppressWarnings("ArrayRecordComponent") // stays in this package
  record Trial(SettingHoldout division, double[] network, double @Nullable [][][] linear) {}

  /**
   * Chooses, or returns null if the samples cannot tell.
   *
   * @param trials outputs of the network, and of the linear model by output and λ, for the held-out
   *     samples of each division in the order of {@link SettingHoldout#all}
   * @param modes the sets of new modes that are one setting: two if exchanging two entities changes
   *     nothing
   */
  static @Nullable SettingFactors of(
      Dataset data, ModelOptions options, List<Trial> trials, List<Integer> modes) {
    List<Validation.Part> divisions = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    List<Trial> used = new ArrayList<>();
    for (Trial trial : trials) {
      int[] place = places(trial.division, modes);
      if (place.length > 0) {
        int[] all = trial.division.all();
        int[] listed = Arrays.stream(place).map(i -> all[i]).toArray();
        EncodedTargets targets =
            InnerSplit.targets(data.samples(), trial.division.train(), options);
        divisions.add(new Validation.Part(listed, data.samples(), targets));
        places.add(place);
        used.add(trial);
      }
    }
    Setting setting = setting(modes.getFirst(), data);
    if (divisions.isEmpty() || !isEnough(data, divisions, setting)) {
      return null;
    }
    return new Choosing(data, options, setting, divisions, places, used).choose();
  }

  private static Setting setting(int fresh, Dataset data) {
    List<String> names = data.modes().stream().map(mode -> mode.name()).toList();
    return new Setting(
        KnownEntitySets.name(fresh, names),
        IntStream.range(0, names.size()).filter(k -> (fresh >> k & 1) == 1).boxed().toList());
  }

  private static int[] places(SettingHoldout division, List<Integer> modes) {
    IntStream.Builder places = IntStream.builder();
    int at = 0;
    for (var part : division.heldOut().entrySet()) {
      for (int i = 0; i < part.getValue().length; i++) {
        if (modes.contains(part.getKey())) {
          places.add(at + i);
        }
      }
      at += part.getValue().length;
    }
    return places.build().toArray();
  }

  private static boolean isEnough(Dataset data, List<Validation.Part> divisions, Setting setting) {
    int[] listed = divisions.stream().flatMapToInt(d -> Arrays.stream(d.listed())).toArray();
    boolean enough = listed.length >= FEWEST_SAMPLES;
    if (data.samples().targets() instanceof ClassTargets classes && classes.classes().size() == 2) {
      // An offset and a factor are learned from both.
      for (int c = 0; c < 2; c++) {
        int label = c;
        enough &=
            Arrays.stream(listed).filter(i -> classes.label(i) == label).count()
                >= FEWEST_OF_A_CLASS;
      }
    }
    for (int mode : setting.newModes()) {
      enough &=
          Arrays.stream(listed).map(i -> data.samples().tuples().entity(i, mode)).distinct().count()
              >= FEWEST_ENTITIES;
    }
    return enough;
  }

  /** The choice in the making. */
  private static final class Choosing {
    private final ModelOptions options;
    private final Dataset data;
    private final Setting setting;
    private final List<Validation.Part> divisions;
    private final List<int[]> places;
    private final List<Trial> trials;
    private final Validation validation;

    Choosing(
        Dataset data,
        ModelOptions options,
        Setting setting,
        List<Validation.Part> divisions,
        List<int[]> places,
        List<Trial> trials) {
      this.data = data;
      this.options = options;
      this.setting = setting;
      this.divisions = divisions;
      this.places = places;
      this.trials = trials;
      this.validation = Validation.ofParts(divisions, setting, options);
    }

    SettingFactors choose() {
      double[] network = network();
      Blend net = network(network);
      boolean hasLinear = trials.stream().allMatch(trial -> trial.linear != null);
      if (!hasLinear) {
        double error = net.score().error();
        SettingReport.Line line = line(net.network(), 0, new int[0], net, Double.NaN, error);
        return new SettingFactors(net.network(), 0, net.offset(), line);
      }
      int[] lambda = lambda();
      double[] linear = linear(lambda);
      Blend lin = linear(linear);
      double[] scaledNetwork = scaled(network, net.network(), net.offset());
      double[] scaledLinear = scaled(linear, lin.linear(), lin.offset());
      double share = share(scaledNetwork, scaledLinear);
      double error = validation.error(mixed(scaledNetwork, scaledLinear, share));
      double networkFactor = share * net.network();
      double linearFactor = (1 - share) * lin.linear();
      return new SettingFactors(
          networkFactor,
          linearFactor,
          share * net.offset() + (1 - share) * lin.offset(),
          line(networkFactor, linearFactor, lambda, net, lin.score().error(), error));
    }

    private SettingReport.Line line(
        double network, double linear, int[] lambda, Blend net, double linearError, double error) {
      RidgeOptions ridge = LinearTrial.ridgeOptions(options.memory());
      double[] nothing = new double[validation.size() * validation.outputs()];
      return new SettingReport.Line(
          setting.name(),
          validation.size(),
          network,
          linear,
          Arrays.stream(lambda).mapToObj(ridge::relative).toList(),
          net.score().error(),
          linearError,
          Blend.ofNetwork(validation, nothing).score().error(),
          error);
    }

    /** The network as it is, unless it is better scaled. */
    private Blend network(double[] outputs) {
      Blend asItIs = new Blend(1, 0, 0, validation.score(outputs));
      return better(Blend.ofNetwork(validation, outputs), asItIs);
    }

    /** Likewise; of classes its outputs are no logarithms of odds, and must be scaled. */
    private Blend linear(double[] outputs) {
      Blend scaled = Blend.ofLinear(validation, outputs);
      return options.loss().task() == Task.REGRESSION
          ? better(scaled, new Blend(0, 1, 0, validation.score(outputs)))
          : scaled;
    }

    private Blend better(Blend scaled, Blend asItIs) {
      Score score = new Score(scaled.score().losses(), validation.clusters(), new double[0]);
      return score.isBetterThan(asItIs.score()) ? scaled : asItIs;
    }

    private double[] network() {
      int width = validation.outputs();
      double[] values = new double[validation.size() * width];
      int row = 0;
      for (int d = 0; d < trials.size(); d++) {
        for (int place : places.get(d)) {
          System.arraycopy(trials.get(d).network, place * width, values, row * width, width);
          row++;
        }
      }
      return values;
    }

    private double[] linear(int[] lambda) {
      int width = validation.outputs();
      double[] values = new double[validation.size() * width];
      int row = 0;
      for (int d = 0; d < trials.size(); d++) {
        double[][][] linear = trials.get(d).linear;
        for (int place : places.get(d)) {
          for (int c = 0; c < width && linear != null; c++) {
            values[row * width + c] = linear[c][lambda[c]][place];
          }
          row++;
        }
      }
      return values;
    }

    /** For each output the λ of least squared error. */
    private int[] lambda() {
      int width = validation.outputs();
      int count = LinearTrial.ridgeOptions(options.memory()).count();
      double[][] errors = new double[width][count];
      for (int d = 0; d < trials.size(); d++) {
        Validation.Part division = divisions.get(d);
        double[] numbers = LinearTrial.numbers(data.samples().targets(), division.targets());
        double[][][] linear = trials.get(d).linear;
        int[] listed = division.listed();
        for (int i = 0; i < listed.length && linear != null; i++) {
          int place = places.get(d)[i];
          double weight = data.samples().weight(listed[i]);
          for (int c = 0; c < width; c++) {
            for (int s = 0; s < count; s++) {
              double off = linear[c][s][place] - numbers[listed[i] * width + c];
              errors[c][s] += weight * off * off;
            }
          }
        }
      }
      return Arrays.stream(errors).mapToInt(LinearTrial::least).toArray();
    }

    /**
     * w: what is best, if that is better than the usual by more than chance: than the network alone
     * where all entities are known, as that is what it was trained for, and half of each elsewhere.
     */
    private double share(double[] network, double[] linear) {
      double usual = setting.newModes().isEmpty() ? 1 : 0.5;
      double best = usual;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k <= STEPS; k++) {
        double error = validation.error(mixed(network, linear, (double) k / STEPS));
        if (error < least) {
          least = error;
          best = (double) k / STEPS;
        }
      }
      Score score = validation.score(mixed(network, linear, usual));
      return validation.score(mixed(network, linear, best)).isBetterThan(score) ? best : usual;
    }

    private static double[] scaled(double[] f, double factor, double offset) {
      return Arrays.stream(f).map(value -> factor * value + offset).toArray();
    }

    private static double[] mixed(double[] network, double[] linear, double share) {
      double[] f = new double[network.length];
      Arrays.setAll(f, i -> share * network[i] + (1 - share) * linear[i]);
      return f;
    }
  }
}
