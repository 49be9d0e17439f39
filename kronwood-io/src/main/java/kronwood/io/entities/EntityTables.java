package kronwood.io.entities;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.io.entities.EntitySource.Kind;
import kronwood.io.pairs.ModeSpec;
import org.jspecify.annotations.Nullable;

/** Reads the tables that the modes of a training name. */
public final class EntityTables {
  private EntityTables() {}

  /**
   * Reads each table once, however many modes use it.
   *
   * @param given sources by name of the table, of each table the features first
   * @param idsOf ids of the entities of a table that only has an identity, as the samples name them
   * @param warnings receives a sentence for each change that was made to the data
   * @throws InputException if a table is given that no mode uses, a mode's table is not given, or
   *     one cannot be read
   */
  public static Map<String, EntityTable> read(
      List<ModeSpec> modes,
      Map<String, List<EntitySource>> given,
      EntityForms forms,
      Function<String, EntityIds> idsOf,
      Consumer<String> warnings) {
    List<String> used = modes.stream().map(ModeSpec::table).distinct().toList();
    given.forEach((name, parts) -> checkName(parts.getFirst().kind().key(), name, used));
    Map<String, Double> identities = forms.identities();
    identities.keySet().forEach(name -> checkName("identity", name, used));
    Map<String, EntityForms.Profile> profiles = forms.profiles();
    profiles.keySet().forEach(name -> checkName("profile", name, used));
    Map<String, FeatureKernel> kernels = forms.kernels();
    kernels.keySet().forEach(name -> checkName("kernel", name, used));
    Map<String, List<ColumnEncoding>> encodings = forms.encodings();
    List<String> symmetrised = forms.symmetrised();
    encodings.keySet().forEach(name -> checkName("encode", name, used));
    symmetrised.forEach(name -> checkName("symmetrise", name, used));
    for (String name : used) {
      if (!given.containsKey(name)
          && !identities.containsKey(name)
          && !profiles.containsKey(name)) {
        throw new InputException(
            "modes: nothing is known of the entities of '%s'".formatted(name),
            Facts.ofTable(name).withOption("modes").with(Remedy.ATTRIBUTES));
      }
    }
    Map<String, EntityTable> tables = new LinkedHashMap<>();
    for (String name : used) {
      if (!given.containsKey(name)) {
        List<EntitySource> none = List.of();
        checkFeatures("kernel", name, none, kernels.containsKey(name));
        checkFeatures("encode", name, none, encodings.containsKey(name));
        checkSimilarities(name, none, symmetrised.contains(name));
        EntityIds ids = idsOf.apply(name);
        List<Block> blocks = ownBlocks(ids.size(), profiles.get(name), identities.get(name));
        tables.put(name, EntityTable.of(name, ids, new Blocks(blocks)));
      }
    }
    given.forEach(
        (name, sources) -> {
          checkFeatures("kernel", name, sources, kernels.containsKey(name));
          checkFeatures("encode", name, sources, encodings.containsKey(name));
          checkSimilarities(name, sources, symmetrised.contains(name));
          Making made =
              new Making(
                  encodings.getOrDefault(name, List.of()),
                  kernels.get(name),
                  symmetrised.contains(name),
                  warnings);
          List<ComposedTable.Part> parts = new ArrayList<>();
          for (EntitySource attributes : sources) {
            boolean features = attributes.kind() == Kind.FEATURES;
            parts.add(
                new ComposedTable.Part(
                    attributes.source(),
                    read(name, attributes, modes, made),
                    attributes.weight().orElse(1),
                    features
                        ? kernels.getOrDefault(name, FeatureKernel.LINEAR)
                        : FeatureKernel.LINEAR));
          }
          int entities = parts.getFirst().table().size();
          List<Block> own = ownBlocks(entities, profiles.get(name), identities.get(name));
          tables.put(name, ComposedTable.of(name, parts, own));
        });
    return tables;
  }

  /** What no source tells. */
  private static List<Block> ownBlocks(
      int entities, EntityForms.@Nullable Profile profile, @Nullable Double identity) {
    List<Block> blocks = new ArrayList<>();
    if (profile != null) {
      blocks.add(new Block.OfProfile(profile.weight(), profile.kernel(), entities));
    }
    if (identity != null) {
      blocks.add(Block.OfIdentity.among(entities, identity));
    }
    return blocks;
  }

  private static void checkName(String option, String name, List<String> used) {
    if (!used.contains(name)) {
      throw InputException.ofOption(
          option,
          "there is no mode with table '%s', the modes name %s"
              .formatted(name, String.join(", ", used)));
    }
  }

  private static void checkFeatures(
      String option, String name, List<EntitySource> sources, boolean given) {
    if (given && sources.stream().noneMatch(source -> source.kind() == Kind.FEATURES)) {
      throw InputException.ofOption(option, "table '%s' has no features".formatted(name));
    }
  }

  private static void checkSimilarities(String name, List<EntitySource> sources, boolean given) {
    if (given && sources.stream().noneMatch(source -> source.kind() == Kind.SIMILARITY)) {
      throw InputException.ofOption("symmetrise", "table '%s' has no similarities".formatted(name));
    }
  }

  /** What is made of a table's features and similarities. */
  private record Making(
      List<ColumnEncoding> encodings,
      @Nullable FeatureKernel kernel,
      boolean symmetrise,
      Consumer<String> warnings) {}

  private static EntityTable read(
      String name, EntitySource attributes, List<ModeSpec> modes, Making made) {
    List<String> columns = columns(name, modes);
    return switch (attributes.kind()) {
      case FEATURES ->
          EncodedReader.read(
              attributes.source(),
              name,
              columns,
              made.encodings,
              made.kernel,
              attributes.weight().orElse(1));
      case SIMILARITY ->
          SimilarityReader.read(attributes.source(), name, columns, made.symmetrise, made.warnings);
    };
  }

  /** Names of the modes that use a table: what its id column may be called. */
  public static List<String> columns(String table, List<ModeSpec> modes) {
    return modes.stream()
        .filter(mode -> mode.table().equals(table))
        .map(ModeSpec::column)
        .distinct()
        .toList();
  }
}
