package kronwood.cli.options;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.FeatureKernel;
import kronwood.fault.InputException;
import kronwood.io.entities.ColumnEncoding;
import kronwood.io.entities.EntityForms;
import picocli.CommandLine.Option;

/** What is made of the tables of attributes. */
final class BlockOptions {
  @Option(
      names = "--identity",
      paramLabel = "NAME=WEIGHT",
      description = {
        "Let the network learn of each entity of table NAME what its attributes do not tell: adds"
            + " WEIGHT for an entity with itself to the similarities. New entities have none of it."
            + " Alone, without --features and --similarity, it tells the entities that the pairs"
            + " name apart by nothing but their ids."
      })
  private List<String> identity = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME[:KERNEL][=WEIGHT]",
      description = {
        "Compare entities of table NAME by what they occur with in the training rows too, and with"
            + " what target: their interaction profiles, by cosine, tanimoto (Jaccard's"
            + " coefficient, of listed pairs), gaussian[:WIDTH] or linear (default: cosine, weight"
            + " 1). Alone it tells entities apart by their interactions, with the 48 leading"
            + " components. Entities that are new have none."
      })
  private List<String> profile = new ArrayList<>();

  @Option(
      names = "--kernel",
      paramLabel = "NAME=KERNEL",
      description = {
        "How features of table NAME are compared: linear, cosine, tanimoto (of numbers >= 0) or"
            + " gaussian, with the median distance as its width, gaussian:0.5 with half of it"
            + " (default: linear, or what suits an encoder)."
      })
  private List<String> kernel = new ArrayList<>();

  @Option(
      names = "--encode",
      paramLabel = "NAME.COLUMN=TYPE[,OPTION=VALUE…][:WEIGHT]",
      description = {
        "What a column of the features of table NAME holds: numeric, categorical, text (words=1,"
            + " characters=4, case=ignore), sequence (alphabet=protein, classes or dna; k=3),"
            + " smiles (fingerprint=combined, circular, pairs, torsions, maccs or pubchem;"
            + " bits=2048, radius=2, counts=no, atoms=elements), vector, or skip to leave it out;"
            + " kernel=… says how it is compared. May be given several times for one column. Other"
            + " columns are guessed, and a table of numbers only is taken as it is."
      })
  private List<String> encode = new ArrayList<>();

  @Option(
      names = {"--symmetrise", "--symmetrize"},
      paramLabel = "NAME",
      description = {
        "Average the similarities of table NAME with their transpose, however far they are from"
            + " symmetric. Where the two differ by 5 % at most that is done without being asked"
            + " for, with a warning."
      })
  private List<String> symmetrise = new ArrayList<>();

  /**
   * All of it.
   *
   * @param tables names of the tables there are
   * @throws InputException if something of it cannot be understood or names no table
   */
  EntityForms forms(List<String> tables) {
    return new EntityForms(identities(), profiles(), kernels(), encodings(tables), symmetrised());
  }

  /** Names of the tables whose similarities are averaged with their transpose in any case. */
  List<String> symmetrised() {
    return List.copyOf(symmetrise);
  }

  /**
   * Declared encodings by table.
   *
   * @param tables names of the tables there are
   * @throws InputException if one cannot be understood or names no table
   */
  Map<String, List<ColumnEncoding>> encodings(List<String> tables) {
    Map<String, List<ColumnEncoding>> encodings = new LinkedHashMap<>();
    for (String text : encode) {
      int equals = text.indexOf('=');
      String target = equals < 0 ? text : text.substring(0, equals).strip();
      String table =
          tables.stream()
              .filter(name -> target.startsWith(name + ".") && target.length() > name.length() + 1)
              .max(Comparator.comparing(String::length))
              .orElse("");
      if (equals < 0 || table.isEmpty()) {
        throw new InputException(
            "--encode: found '%s', expected NAME.COLUMN=TYPE with NAME one of %s"
                .formatted(text, String.join(", ", tables)));
      }
      try {
        encodings
            .computeIfAbsent(table, _ -> new ArrayList<>())
            .add(
                ColumnEncoding.parse(
                    target.substring(table.length() + 1), text.substring(equals + 1).strip()));
      } catch (InputException e) {
        throw new InputException("--encode: " + e.getMessage(), e);
      }
    }
    return encodings;
  }

  /**
   * Weights of the identity by table.
   *
   * @throws InputException if one is not {@code NAME=WEIGHT} or given twice
   */
  Map<String, Double> identities() {
    Map<String, Double> weights = new LinkedHashMap<>();
    byTable("--identity", "WEIGHT such as left=0.5", identity)
        .forEach(
            (name, text) ->
                weights.put(
                    name,
                    weight("--identity", name + "=" + text, text, "NAME=WEIGHT such as left=0.5")));
    return weights;
  }

  private static double weight(String option, String given, String text, String expected) {
    try {
      return WeightedName.checked(option, given, Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new InputException("%s: found '%s', expected %s".formatted(option, given, expected), e);
    }
  }

  /**
   * Interaction profiles by table.
   *
   * @throws InputException if one cannot be understood or is given twice
   */
  Map<String, EntityForms.Profile> profiles() {
    String expected = "NAME[:KERNEL][=WEIGHT] such as left, left=0.5 or left:gaussian=0.5";
    Map<String, EntityForms.Profile> profiles = new LinkedHashMap<>();
    for (String text : profile) {
      int equals = text.lastIndexOf('=');
      String named = (equals < 0 ? text : text.substring(0, equals)).strip();
      double weight =
          equals < 0 ? 1 : weight("--profile", text, text.substring(equals + 1).strip(), expected);
      int colon = named.indexOf(':');
      String name = colon < 0 ? named : named.substring(0, colon).strip();
      if (name.isEmpty()) {
        throw new InputException("--profile: found '%s', expected %s".formatted(text, expected));
      }
      FeatureKernel kernel =
          colon < 0
              ? FeatureKernel.COSINE
              : kernel("--profile", named.substring(colon + 1).strip());
      if (profiles.put(name, new EntityForms.Profile(weight, kernel)) != null) {
        throw new InputException("--profile: table '%s' is given twice".formatted(name));
      }
    }
    return profiles;
  }

  /**
   * Kernels by table.
   *
   * @throws InputException if one is not {@code NAME=KERNEL} or given twice
   */
  Map<String, FeatureKernel> kernels() {
    Map<String, FeatureKernel> kernels = new LinkedHashMap<>();
    byTable("--kernel", "KERNEL such as left=gaussian", kernel)
        .forEach((name, text) -> kernels.put(name, kernel("--kernel", text)));
    return kernels;
  }

  private static FeatureKernel kernel(String option, String text) {
    try {
      return FeatureKernel.of(text);
    } catch (IllegalArgumentException e) {
      throw new InputException(option + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> byTable(String option, String expected, List<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String text : given) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new InputException(
            "%s: found '%s', expected NAME=%s".formatted(option, text, expected));
      }
      String name = text.substring(0, equals).strip();
      if (values.put(name, text.substring(equals + 1).strip()) != null) {
        throw new InputException("%s: table '%s' is given twice".formatted(option, name));
      }
    }
    return values;
  }
}
