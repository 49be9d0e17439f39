package kronwood.cli;

import java.util.OptionalDouble;
import kronwood.gram.GramOptions;
import kronwood.io.InputException;
import kronwood.train.NetworkOptions;
import picocli.CommandLine.Option;

/** The network and its inputs. */
final class NetworkArguments {
  @Option(
      names = "--neurons",
      defaultValue = "512",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "Width of the network (default: ${DEFAULT-VALUE}).")
  private int neurons;

  @Option(
      names = "--shift",
      defaultValue = "auto",
      paramLabel = "X",
      converter = OptionTypes.AutoOrNumber.class,
      description =
          "How far above 0 a neuron must be to fire; auto is √(0.4 ln N) (default: auto).")
  private OptionalDouble shift = OptionalDouble.empty();

  @Option(
      names = "--paired",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Start with pairs of neurons that cancel, so that outputs are 0 (default: yes).")
  private boolean paired;

  @Option(
      names = "--train-output",
      description = "Train the output layer too; otherwise its weights stay +1 and -1.")
  private boolean trainOutput;

  @Option(
      names = "--skip",
      defaultValue = "0",
      paramLabel = "X",
      converter = OptionTypes.NotNegative.class,
      description = {
        "Weight of a linear skip: a linear model of the product beside the neurons, for numbers"
            + " started from ridge regression; 0 for none (default: ${DEFAULT-VALUE})."
      })
  private double skip;

  @Option(
      names = "--centre",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Centre the entities of each table (default: yes).")
  private boolean centre;

  @Option(
      names = "--constant",
      defaultValue = "1.0",
      paramLabel = "X",
      converter = OptionTypes.NotNegative.class,
      description = {
        "Constant added to each table's similarities, which lets the network see main effects"
            + " beside interactions (default: ${DEFAULT-VALUE})."
      })
  private double constant;

  NetworkOptions network(long seed) {
    if (paired && neurons % 2 != 0) {
      throw new InputException(
          "--neurons: found '"
              + neurons
              + "', expected an even number as each neuron has a partner; or add --no-paired");
    }
    return new NetworkOptions(
        neurons,
        shift.orElse(NetworkOptions.defaultShift(neurons)),
        paired,
        trainOutput,
        skip,
        seed);
  }

  GramOptions gram() {
    return new GramOptions(centre, constant, GramOptions.DEFAULT.tolerance());
  }
}
