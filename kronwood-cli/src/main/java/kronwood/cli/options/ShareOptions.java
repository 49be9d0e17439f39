package kronwood.cli.options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.Dataset;
import kronwood.data.ImplicitNegatives;
import kronwood.data.Negatives;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.data.fold.Folds;
import kronwood.data.fold.Grouping;
import kronwood.fault.InputException;
import kronwood.io.pairs.DivisiblePairs;
import kronwood.io.pairs.TrainingPairs;
import kronwood.loss.Loss;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A single division of the samples, instead of one by predicates. */
public final class ShareOptions {
  @Mixin private DivisionOptions division = new DivisionOptions();

  @Option(
      names = "--test-share",
      paramLabel = "X",
      converter = OptionTypes.Fraction.class,
      description = {
        "Test on this share of the rows, or of the entities of each new mode, drawn by the setting"
            + " (default: 0.2 with --setting or --new)."
      })
  private @Nullable Double testShare;

  @Option(
      names = "--validation-share",
      paramLabel = "X",
      converter = OptionTypes.Fraction.class,
      description = "The same of what is left to train on, for validation (default: none).")
  private @Nullable Double validationShare;

  public DivisionOptions division() {
    return division;
  }

  /**
   * What is to be trained on.
   *
   * @param pairs the samples and their parts
   * @param setting what is new about the test samples
   * @param groupings what was not divided
   */
  public record Divided(TrainingPairs pairs, Setting setting, List<Grouping> groupings) {}

  /**
   * Reads what is to be trained on.
   *
   * @throws InputException if something is wrong with what the user brought, or the samples cannot
   *     be divided as asked for
   */
  public Divided read(DataOptions data, Loss loss, @Nullable String positive, long seed) {
    boolean dividing = dividing();
    if (!dividing && division.negatives() == null) {
      if (!division.groups().isEmpty()) {
        throw new InputException(
            "--group: is for rows that are divided by --setting, --new or --test-share");
      }
      return new Divided(data.read(loss, positive), Setting.A, List.of());
    }
    boolean byRows = data.dividesByRows();
    if (byRows && dividing) {
      throw new InputException(
          "--setting, --new and shares: cannot be given together with --validation-where,"
              + " --test-where, --split-column or --test-last, which divide the rows already");
    }
    if (byRows && !division.groups().isEmpty()) {
      throw new InputException(
          "--group: is for rows that are divided by --setting, --new or --test-share");
    }
    List<Setting> settings = division.settings(data.modeNames());
    if (settings.size() > 1) {
      throw new InputException(
          "--setting: a training has one, found %d; kronwood cv takes several"
              .formatted(settings.size()));
    }
    DivisiblePairs pairs = data.readToDivide(loss, positive, division, seed);
    if (byRows) {
      pairs = withNegativesOfParts(pairs);
    }
    Split split = dividing ? divided(pairs, settings.getFirst(), seed) : pairs.pairs().split();
    Negatives negatives = division.negatives();
    if (negatives != null && negatives.samples()) {
      split =
          ImplicitNegatives.thin(pairs.pairs().dataset(), pairs.listed(), split, negatives, seed);
    }
    return used(pairs, split, settings.getFirst());
  }

  private static DivisiblePairs withNegativesOfParts(DivisiblePairs pairs) {
    TrainingPairs read = pairs.pairs();
    ImplicitNegatives.Divided divided =
        ImplicitNegatives.ofParts(read.dataset(), pairs.listed(), read.split());
    int[] rows =
        Arrays.copyOf(Arrays.copyOf(read.rows(), pairs.listed()), divided.data().samples().size());
    return new DivisiblePairs(
        new TrainingPairs(divided.data(), divided.split(), rows, read.warnings()),
        pairs.listed(),
        List.of());
  }

  /** How samples came into their parts, for the model's provenance. */
  public Map<String, String> facts(DataOptions data) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (dividing()) {
      facts.put("setting", division.settings(data.modeNames()).getFirst().name());
      if (testing()) {
        facts.put("test share", Double.toString(share()));
      }
      if (validationShare != null) {
        facts.put("validation share", validationShare.toString());
      }
    }
    if (!division.groups().isEmpty()) {
      facts.put("groups", String.join(" ", division.groups()));
    }
    Negatives negatives = division.negatives();
    if (negatives != null) {
      facts.put("negatives", negatives.toString());
    }
    return facts;
  }

  /** Whether samples are to be divided or completed otherwise than by rows. */
  public boolean changesParts() {
    return dividing() || !division.groups().isEmpty() || division.negatives() != null;
  }

  private boolean dividing() {
    return division.given() || testShare != null || validationShare != null;
  }

  private boolean testing() {
    return testShare != null || validationShare == null || division.given();
  }

  private double share() {
    return testShare == null ? 0.2 : testShare;
  }

  private Split divided(DivisiblePairs pairs, Setting setting, long seed) {
    Dataset data = pairs.pairs().dataset();
    Split split = pairs.pairs().split();
    if (testing()) {
      split = Folds.holdOut(data, setting, split.train(), pairs.groupings(), share(), seed);
    }
    if (validationShare != null) {
      Split inner =
          Folds.holdOut(data, setting, split.train(), pairs.groupings(), validationShare, seed + 1);
      split = new Split(inner.train(), inner.test(), split.test());
    }
    return split;
  }

  /** Only the samples that have a part. */
  private static Divided used(DivisiblePairs divisible, Split split, Setting setting) {
    TrainingPairs pairs = divisible.pairs();
    int samples = pairs.dataset().samples().size();
    boolean[] used = new boolean[samples];
    for (int[] part : new int[][] {split.train(), split.validation(), split.test()}) {
      for (int sample : part) {
        used[sample] = true;
      }
    }
    int[] position = new int[samples];
    int[] kept = new int[samples];
    int count = 0;
    for (int i = 0; i < samples; i++) {
      if (used[i]) {
        position[i] = count;
        kept[count++] = i;
      }
    }
    int[] selected = Arrays.copyOf(kept, count);
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = pairs.rows()[selected[i]];
    }
    TrainingPairs selection =
        new TrainingPairs(
            Dataset.of(pairs.dataset().modes(), pairs.dataset().samples().select(selected)),
            new Split(
                moved(split.train(), position),
                moved(split.validation(), position),
                moved(split.test(), position)),
            rows,
            pairs.warnings());
    return new Divided(
        selection,
        setting,
        divisible.groupings().stream().map(grouping -> grouping.select(selected)).toList());
  }

  private static int[] moved(int[] samples, int[] position) {
    int[] moved = new int[samples.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = position[samples[i]];
    }
    return moved;
  }
}
