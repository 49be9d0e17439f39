package kronwood.cli.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.fault.InputException;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityCoordinates;
import kronwood.input.PairStructure;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The network and its inputs. */
public final class NetworkArguments {
  private static final Pattern COMPONENTS = Pattern.compile("([^=]+)=([1-9]\\d{0,8})");

  @Option(
      names = "--neurons",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "Width of the network (default: ${DEFAULT-VALUE}).")
  private int neurons;

  @Option(
      names = "--structure",
      defaultValue = "plain",
      paramLabel = "STRUCTURE",
      converter = OptionTypes.StructureName.class,
      completionCandidates = OptionTypes.StructureName.class,
      description = {
        "How predictions depend on the entities: ${COMPLETION-CANDIDATES}. Of two modes of one"
            + " table, symmetric and comparison make f(a,b) = f(b,a), comparison of what is alike"
            + " in the two rather than of everything that meets; antisymmetric and ranking make"
            + " f(a,b) = -f(b,a), ranking as the difference of two worths. cartesian compares pairs"
            + " only that share an entity (default: ${DEFAULT-VALUE})."
      })
  private PairStructure structure = PairStructure.PLAIN;

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
      paramLabel = "X",
      converter = OptionTypes.NotNegative.class,
      description = {
        "Weight of a linear skip: a linear model of the product beside the neurons, for numbers"
            + " started from ridge regression; 0 for none (default: ${DEFAULT-VALUE})."
      })
  private double skip;

  @Option(
      names = "--ensemble",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = {
        "Divide the neurons into so many networks that are trained together, at the cost of one."
            + " Their mean is predicted, with a standard deviation from how far they differ"
            + " (default: ${DEFAULT-VALUE})."
      })
  private int ensemble;

  @Option(
      names = "--hide",
      paramLabel = "MODE",
      description = {
        "With --ensemble: what is hidden from some of the networks, to learn how far predictions"
            + " can be off, are not pairs but all pairs of an entity of this mode. Standard"
            + " deviations are then those for new entities of it. Nothing is hidden if there are"
            + " validation rows."
      })
  private @Nullable String hide;

  @Option(
      names = "--centre",
      negatable = true,
      fallbackValue = "true",
      description = "Centre the entities of each table (default: yes).")
  private boolean centre;

  @Option(
      names = "--components",
      paramLabel = "NAME=N",
      description = {
        "Keep only the N largest principal components of table NAME, those of its training"
            + " entities. Makes long features, such as images, cheap (default: keep all; 400 of"
            + " entities that are compared; with --tune, of tables of more than 5,000 entities, as"
            + " many as do best)."
      })
  private List<String> components = new ArrayList<>();

  @Option(
      names = "--constant",
      paramLabel = "X",
      converter = OptionTypes.NotNegative.class,
      description = {
        "Constant added to each table's similarities, which lets the network see main effects"
            + " beside interactions (default: ${DEFAULT-VALUE})."
      })
  private double constant;

  @Option(
      names = "--add-identity",
      paramLabel = "WEIGHT",
      converter = OptionTypes.NotNegative.class,
      description = {
        "Identity that is added to tables where it costs little, if their entities occur in five"
            + " training rows or more on average, and --identity is not given: what attributes do"
            + " not tell of an entity can then be learned. 0 adds none; --plain neither (default:"
            + " ${DEFAULT-VALUE})."
      })
  private double addedIdentity;

  @Option(
      names = "--id-coordinates",
      paramLabel = "KIND",
      converter = OptionTypes.IdentityCoordinatesName.class,
      completionCandidates = OptionTypes.IdentityCoordinatesName.class,
      description = {
        "Coordinates of tables that have --identity and nothing else: ${COMPLETION-CANDIDATES}."
            + " Sparse ones take two numbers an entity, so that weights are kept for pairs that are"
            + " trained on only; all tables must be such. auto: sparse if a table has more than"
            + " 4,096 training entities, or a neuron more than 2^24 weights (default:"
            + " ${DEFAULT-VALUE})."
      })
  private IdentityCoordinates identities = IdentityCoordinates.AUTO;

  public PairStructure structure() {
    return structure;
  }

  /**
   * Names of the axes of the product, which a plan names.
   *
   * @throws InputException if the modes cannot have the structure
   */
  public List<String> axes(DataOptions data) {
    List<String> modes = data.modeNames();
    List<String> tables = data.tableNames();
    try {
      structure.check(modes, tables);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--structure: "
              + e.getMessage()
              + (structure.pairsOneTable()
                  ? "; name one table for both, such as --modes %s:item,%s:item"
                      .formatted(modes.getFirst(), modes.getLast())
                  : ""),
          e);
    }
    return structure.axisNames(modes, tables.stream().mapToInt(tables::indexOf).toArray());
  }

  /**
   * Checks that negatives can be drawn.
   *
   * @throws InputException if the reverse of a pair says what a negative would
   */
  public void check(DivisionOptions division) {
    if (structure.isOdd() && division.negatives() != null) {
      throw new InputException(
          "--negatives: with --structure "
              + structure.key()
              + " the reverse of a pair is its negative already; pairs that are not listed say"
              + " nothing");
    }
  }

  /**
   * The network.
   *
   * @param modes names of the modes
   */
  public NetworkOptions network(long seed, List<String> modes) {
    if (structure.isOdd() && shift.isPresent() && shift.getAsDouble() < 0) {
      throw new InputException(
          "--shift: found '%s', expected a number >= 0 with --structure %s"
              .formatted(shift.getAsDouble(), structure.key()));
    }
    int multiple = (paired ? 2 : 1) * ensemble;
    if (ensemble > 1 && neurons % multiple != 0) {
      throw new InputException(
          "--ensemble: found '%d', but %d neurons do not make %d networks of equal %swidth; give --neurons %d"
              .formatted(
                  ensemble,
                  neurons,
                  ensemble,
                  paired ? "and even " : "",
                  Math.ceilDiv(neurons, multiple) * multiple));
    }
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
        new Ensemble(ensemble, hiddenModes(modes)),
        seed);
  }

  private List<Integer> hiddenModes(List<String> modes) {
    if (hide == null) {
      return List.of();
    }
    if (ensemble == 1) {
      throw new InputException("--hide: is for --ensemble only, which is missing");
    }
    if (Collections.frequency(modes, hide) != 1) {
      throw new InputException(
          "--hide: found '%s', expected one of the modes %s"
              .formatted(hide, String.join(", ", modes)));
    }
    return List.of(modes.indexOf(hide));
  }

  public GramOptions gram() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String text : components) {
      Matcher parts = COMPONENTS.matcher(text.strip());
      if (!parts.matches() || counts.put(parts.group(1), Integer.valueOf(parts.group(2))) != null) {
        throw new InputException(
            "--components: found '%s', expected NAME=N such as image=64, once for a table"
                .formatted(text));
      }
    }
    return new GramOptions(centre, constant, GramOptions.DEFAULT.tolerance(), counts)
        .withIdentities(identities)
        .withAddedIdentity(addedIdentity);
  }
}
