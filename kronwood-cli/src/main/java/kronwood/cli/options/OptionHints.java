package kronwood.cli.options;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import kronwood.io.table.ClosestName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options that somebody may have meant who typed one that does not exist. */
public final class OptionHints {
  /** What other programs call an option, without dashes, and the options that it may be here. */
  private static final Map<String, List<String>> SYNONYMS =
      Map.ofEntries(
          entry("alpha", List.of("--learning-rate", "--weight-decay")),
          entry("batchsize", List.of("--batch")),
          entry("classes", List.of("--loss", "--target")),
          entry("config", List.of("@FILE")),
          entry("cores", List.of("--threads")),
          entry("cpus", List.of("--threads")),
          entry("csv", List.of("--pairs", "--out")),
          entry("data", List.of("--pairs")),
          entry("decay", List.of("--weight-decay")),
          entry("dtype", List.of("--precision")),
          entry("earlystopping", List.of("--patience")),
          entry("eta", List.of("--learning-rate")),
          entry("file", List.of("--pairs", "--model")),
          entry("hidden", List.of("--neurons")),
          entry("hiddensize", List.of("--neurons")),
          entry("hiddenunits", List.of("--neurons")),
          entry("input", List.of("--pairs", "--model")),
          entry("iterations", List.of("--epochs")),
          entry("jobs", List.of("--threads")),
          entry("k", List.of("--top", "--folds")),
          entry("kfold", List.of("--folds")),
          entry("l2", List.of("--weight-decay")),
          entry("label", List.of("--target")),
          entry("labels", List.of("--pairs", "--target")),
          entry("lambda", List.of("--weight-decay")),
          entry("load", List.of("--model")),
          entry("lr", List.of("--learning-rate")),
          entry("maxiter", List.of("--epochs")),
          entry("n", List.of("--top", "--neurons")),
          entry("njobs", List.of("--threads")),
          entry("numepochs", List.of("--epochs")),
          entry("numneurons", List.of("--neurons")),
          entry("numthreads", List.of("--threads")),
          entry("o", List.of("--out")),
          entry("objective", List.of("--loss")),
          entry("pca", List.of("--components")),
          entry("randomstate", List.of("--seed")),
          entry("rate", List.of("--learning-rate")),
          entry("regularization", List.of("--weight-decay")),
          entry("regularisation", List.of("--weight-decay")),
          entry("samples", List.of("--pairs")),
          entry("save", List.of("--out")),
          entry("silent", List.of("--quiet")),
          entry("step", List.of("--learning-rate")),
          entry("stepsize", List.of("--learning-rate")),
          entry("testsize", List.of("--test-share")),
          entry("testsplit", List.of("--test-share")),
          entry("traindata", List.of("--pairs")),
          entry("units", List.of("--neurons")),
          entry("validationsplit", List.of("--validation-share")),
          entry("valsplit", List.of("--validation-share")),
          entry("verbose", List.of("--progress", "--debug")),
          entry("wd", List.of("--weight-decay")),
          entry("weights", List.of("--weight")),
          entry("width", List.of("--neurons")),
          entry("workers", List.of("--threads")),
          entry("y", List.of("--target")));

  private OptionHints() {}

  /**
   * What {@code argument}, an option or a command, most likely stands for: what other programs call
   * so, else the name with the fewest different letters, else those that picocli calls similar.
   *
   * @return none, one or more options of the command, as they are typed
   */
  public static List<String> of(CommandLine commandLine, String argument) {
    if (argument.startsWith("-")) {
      String typed = argument.replaceFirst("=.*", "");
      List<String> known = List.copyOf(commandLine.getCommandSpec().optionsMap().keySet());
      List<String> meant = SYNONYMS.getOrDefault(bare(typed), List.of());
      List<String> here =
          meant.stream().filter(o -> o.startsWith("@") || known.contains(o)).toList();
      if (!here.isEmpty()) {
        return here;
      }
      String closest = closest(typed, known);
      if (closest != null) {
        return List.of(closest);
      }
    }
    return new UnmatchedArgumentException(commandLine, List.of(argument)).getSuggestions();
  }

  private static @Nullable String closest(String typed, List<String> known) {
    return typed.startsWith("--")
        ? ClosestName.of(typed, known.stream().filter(o -> o.startsWith("--")).toList())
        : null;
  }

  /** The letters and digits of an option: {@code --batch_size} is {@code batchsize}. */
  private static String bare(String option) {
    return option.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
  }
}
