package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.RealTargets;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.loss.EncodedTargets;
import kronwood.measure.SpreadCalibration;
import kronwood.model.KnownEntitySets;
import kronwood.network.MemberMoments;
import kronwood.trial.LinearTrial;
import kronwood.trial.Validation;
import org.jspecify.annotations.Nullable;

/** The held-out samples of one setting in several divisions, and what was predicted for them. */
final class HeldOutOutputs {
  private static final int FEWEST_SAMPLES = 20;
  private static final int FEWEST_OF_A_CLASS = 5;
  private static final int FEWEST_ENTITIES = 3;

  private final Dataset data;
  private final Setting setting;
  private final int strengths;
  private final List<Division> divisions;
  private final Validation validation;

  /**
   * One division.
   *
   * @param places of the setting's samples among all that it holds out
   */
  @SuppressWarnings("ArrayRecordComponent") // stays in this class
  private record Division(SettingFactors.Trial trial, Validation.Part part, int[] places) {}

  private HeldOutOutputs(
      Dataset data, ModelOptions options, Setting setting, List<Division> divisions) {
    this.data = data;
    this.setting = setting;
    this.strengths = LinearTrial.ridgeOptions(options.memory()).count();
    this.divisions = divisions;
    this.validation =
        Validation.ofParts(divisions.stream().map(Division::part).toList(), setting, options);
  }

  /**
   * Those of a setting, null if they are too few to judge by.
   *
   * @param modes the sets of new modes that are this setting
   */
  static @Nullable HeldOutOutputs of(
      Dataset data, ModelOptions options, List<SettingFactors.Trial> trials, List<Integer> modes) {
    Setting setting = setting(modes.getFirst(), data);
    List<Division> divisions = new ArrayList<>();
    for (SettingFactors.Trial trial : trials) {
      int[] places = places(trial.division(), modes);
      if (places.length > 0) {
        int[] heldOut = trial.division().all();
        int[] listed = Arrays.stream(places).map(i -> heldOut[i]).toArray();
        Validation.Part part = new Validation.Part(listed, data.samples(), trial.targets());
        divisions.add(new Division(trial, part, places));
      }
    }
    return isEnough(data, divisions, setting)
        ? new HeldOutOutputs(data, options, setting, divisions)
        : null;
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

  private static boolean isEnough(Dataset data, List<Division> divisions, Setting setting) {
    int[] listed =
        divisions.stream().flatMapToInt(each -> Arrays.stream(each.part.listed())).toArray();
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

  Setting setting() {
    return setting;
  }

  Validation validation() {
    return validation;
  }

  /** Outputs of the network, a row of C for each sample. */
  double[] network() {
    int width = validation.outputs();
    double[] values = new double[validation.size() * width];
    int row = 0;
    for (Division division : divisions) {
      double[] network = Objects.requireNonNull(division.trial.network());
      for (int place : division.places) {
        System.arraycopy(network, place * width, values, row * width, width);
        row++;
      }
    }
    return values;
  }

  /**
   * Predictions of the linear model, a row of C for each sample.
   *
   * @param lambda for each output the number of its λ
   */
  double[] linear(int[] lambda) {
    int width = validation.outputs();
    double[] values = new double[validation.size() * width];
    int row = 0;
    for (Division division : divisions) {
      double[][][] linear = Objects.requireNonNull(division.trial.linear());
      for (int place : division.places) {
        for (int c = 0; c < width; c++) {
          values[row * width + c] = linear[c][lambda[c]][place];
        }
        row++;
      }
    }
    return values;
  }

  /**
   * What the spread between members says about the error of the whole prediction, for each output;
   * nothing of classes.
   *
   * @param f predictions, a row of C for each sample, in the units that are trained on
   * @param network what the network's outputs are multiplied by in them; if 0, members need not be
   *     known and have no spread
   * @param members number of members E
   */
  List<SpreadCalibration> spread(double[] f, double network, int members) {
    if (!(data.samples().targets() instanceof RealTargets real)) {
      return List.of();
    }
    int width = validation.outputs();
    double[][] errors = new double[width][validation.size()];
    double[][] spreads = new double[width][validation.size()];
    double[] weights = new double[validation.size()];
    int row = 0;
    for (Division division : divisions) {
      double[] predicted = network == 0 ? null : division.trial.members();
      double[] variances =
          predicted == null ? null : MemberMoments.variances(predicted, members, width);
      EncodedTargets targets = division.part.targets();
      for (int i = 0; i < division.places.length; i++, row++) {
        int sample = division.part.listed()[i];
        weights[row] = data.samples().weight(sample);
        for (int c = 0; c < width; c++) {
          double value = targets.offset(c) + targets.scale(c) * f[row * width + c];
          errors[c][row] = value - real.value(sample, c);
          if (variances != null) {
            spreads[c][row] = network * network * variances[division.places[i] * width + c];
          }
        }
      }
    }
    return IntStream.range(0, width)
        .mapToObj(c -> SpreadCalibration.fit(errors[c], spreads[c], weights))
        .toList();
  }

  /** For each output the number of the λ of least squared error. */
  int[] lambda() {
    int width = validation.outputs();
    double[][] errors = new double[width][strengths];
    for (Division division : divisions) {
      double[] numbers = LinearTrial.numbers(data.samples().targets(), division.part.targets());
      double[][][] linear = Objects.requireNonNull(division.trial.linear());
      int[] listed = division.part.listed();
      for (int i = 0; i < listed.length; i++) {
        int place = division.places[i];
        double weight = data.samples().weight(listed[i]);
        for (int c = 0; c < width; c++) {
          for (int s = 0; s < strengths; s++) {
            double off = linear[c][s][place] - numbers[listed[i] * width + c];
            errors[c][s] += weight * off * off;
          }
        }
      }
    }
    return Arrays.stream(errors).mapToInt(LinearTrial::least).toArray();
  }
}
