package kronwood.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import kronwood.data.Negatives;
import kronwood.data.Setting;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How samples are divided into those to train on and those to test on. */
public final class DivisionOptions {
  @Option(
      names = "--setting",
      split = ",",
      paramLabel = "SETTING",
      description = {
        "What is new about test pairs: A nothing, pairs are divided at random; B the left entity; C"
            + " the right one; D both (default: A, unless --new is given)."
      })
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--new",
      paramLabel = "MODES",
      description = {
        "The same for any modes: those of which test rows have entities that occur in no training"
            + " row, such as left or drug,cell. May be repeated."
      })
  private List<String> newModes = new ArrayList<>();

  @Option(
      names = "--group",
      paramLabel = "[MODE=]COLUMN",
      description = {
        "Rows with the same value in this column are never divided; with MODE=, nor are the"
            + " entities of that mode. May be repeated."
      })
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--negatives",
      paramLabel = "HOW",
      converter = OptionTypes.NegativesName.class,
      description = {
        "For tables that list positives only, with --loss logistic: pairs that are not listed are"
            + " negatives. Train on all of them, or on N per positive with sample:N; tests are"
            + " against all. Where rows are divided by --test-where or --test-last, pairs that are"
            + " tested may be negatives in training, as nobody knows them yet."
      })
  private @Nullable Negatives negatives;

  @Option(
      names = "--negatives-by",
      defaultValue = "uniform",
      paramLabel = "HOW",
      converter = OptionTypes.NegativesByName.class,
      completionCandidates = OptionTypes.NegativesByName.class,
      description = {
        "With --negatives sample:N: draw each pair as likely (uniform), or those of entities with"
            + " many positive training rows more often (popularity) (default: ${DEFAULT-VALUE})."
      })
  private String negativesBy = "uniform";

  /** Whether a setting was asked for. */
  boolean given() {
    return !settings.isEmpty() || !newModes.isEmpty();
  }

  /** What is done with pairs that are not listed, null for nothing. */
  public @Nullable Negatives negatives() {
    if (!negativesBy.equals(OptionTypes.NegativesByName.POPULARITY)) {
      return negatives;
    }
    if (negatives == null || !negatives.samples()) {
      throw new InputException(
          "--negatives-by: is for --negatives sample:N, which is missing; with all of them none is"
              + " drawn");
    }
    return new Negatives(negatives.perPositive(), true);
  }

  /** The columns of groups, as typed. */
  List<String> groups() {
    return List.copyOf(groups);
  }

  /**
   * The settings asked for, each once.
   *
   * @param modes names of the modes
   * @throws InputException if one is unknown or does not fit the modes
   */
  public List<Setting> settings(List<String> modes) {
    Map<String, Setting> found = new LinkedHashMap<>();
    for (String name : settings) {
      Setting setting = ofLetter("--setting", name.strip(), modes);
      found.put(setting.name(), setting);
    }
    for (String names : newModes) {
      Setting setting = ofNew(names, modes);
      found.put(setting.name(), setting);
    }
    return found.isEmpty() ? List.of(Setting.A) : List.copyOf(found.values());
  }

  /** The setting of a letter, as {@code option} was given it. */
  static Setting ofLetter(String option, String name, List<String> modes) {
    Setting setting =
        switch (name.toUpperCase(Locale.ROOT)) {
          case "A" -> Setting.A;
          case "B" -> Setting.B;
          case "C" -> Setting.C;
          case "D" -> Setting.D;
          default ->
              throw new InputException(
                  option + ": found '" + name + "', expected some of A, B, C and D");
        };
    if (!setting.isRandom() && modes.size() != 2) {
      throw new InputException(
          "%s: %s is about pairs, but --modes names %d (%s); name the new ones with --new"
              .formatted(option, setting.name(), modes.size(), String.join(", ", modes)));
    }
    return setting;
  }

  private static Setting ofNew(String names, List<String> modes) {
    TreeSet<Integer> positions = new TreeSet<>();
    for (String name : names.split(",", -1)) {
      if (!modes.contains(name.strip())) {
        throw new InputException(
            "--new: found '%s', expected some of the modes %s"
                .formatted(name.strip(), String.join(", ", modes)));
      }
      for (int mode = 0; mode < modes.size(); mode++) {
        if (modes.get(mode).equals(name.strip())) {
          positions.add(mode);
        }
      }
    }
    return new Setting("new " + names.replace(" ", ""), List.copyOf(positions));
  }
}
