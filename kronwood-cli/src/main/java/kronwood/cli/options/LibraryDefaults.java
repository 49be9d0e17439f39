package kronwood.cli.options;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineOptions;
import kronwood.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Defaults of options that are the library's, so that both train the same model. */
public final class LibraryDefaults implements IDefaultValueProvider {
  private static final Map<String, String> DEFAULTS = defaults();

  private static Map<String, String> defaults() {
    TrainingOptions training = TrainingOptions.DEFAULT;
    NetworkOptions network = NetworkOptions.DEFAULT;
    EngineOptions engine = EngineOptions.DEFAULT;
    GramOptions gram = GramOptions.DEFAULT;
    Map<String, String> defaults = new HashMap<>();
    defaults.put("--loss", new SquaredLoss().key());
    defaults.put(
        "--batch",
        training.batch() == TrainingOptions.AUTO_BATCH
            ? "auto"
            : Integer.toString(training.batch()));
    defaults.put("--epochs", Integer.toString(training.epochs()));
    defaults.put("--learning-rate", autoOr(training.learningRate()));
    defaults.put("--weight-decay", number(training.weightDecay()));
    defaults.put("--momentum", number(training.momentum()));
    defaults.put(
        "--average",
        training.averaging() == TrainingOptions.NO_AVERAGING
            ? "none"
            : Integer.toString(training.averaging()));
    defaults.put("--patience", Integer.toString(training.patience()));
    defaults.put("--precision", engine.precision().key());
    defaults.put("--engine", engine.engine().key());
    defaults.put("--seed", Long.toString(network.seed()));
    defaults.put("--neurons", Integer.toString(network.neurons()));
    defaults.put("--paired", Boolean.toString(network.paired()));
    defaults.put("--skip", number(network.skip()));
    defaults.put("--ensemble", Integer.toString(network.ensemble().members()));
    defaults.put("--centre", Boolean.toString(gram.centre()));
    defaults.put("--constant", Double.toString(gram.constant()));
    defaults.put("--add-identity", number(gram.addedIdentity()));
    defaults.put("--id-coordinates", gram.identities().key());
    return Map.copyOf(defaults);
  }

  private static String autoOr(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "auto";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? DEFAULTS.get(option.longestName()) : null;
  }
}
