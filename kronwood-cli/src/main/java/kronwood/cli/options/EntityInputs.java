package kronwood.cli.options;

import java.util.List;
import java.util.Map;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Warnings;
import kronwood.io.entities.EntitySource;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.prediction.DescribedEntities;
import kronwood.io.prediction.GivenEntities;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.table.TableSource;
import kronwood.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The new entities that a model is applied to, and the threads that do it. */
public final class EntityInputs {
  @Mixin private AttributeOptions attributes = new AttributeOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionTypes.Threads.class,
      description = "Threads; the result does not depend on it (default: all processors).")
  private @Nullable Integer threads;

  /** Checks what {@link AttributeOptions#checkGoTogether} says. */
  void checkGoTogether(TableSource pairs, List<String> tables) {
    attributes.checkGoTogether(pairs, tables);
  }

  /** Reads the new entities, among them those that are given by a description. */
  public KnownEntities read(
      Model model, List<ModeSpec> modes, GivenEntities given, Warnings warnings) {
    Map<String, List<EntitySource>> all = attributes.byTable();
    all.putAll(DescribedEntities.of(model, given, List.copyOf(all.keySet())));
    return ModelInputs.knowing(
        model, () -> KnownEntities.of(model, modes, all, Machine.threads(threads), warnings));
  }

  /** Reads the new entities. */
  public KnownEntities read(Model model, List<ModeSpec> modes, Warnings warnings) {
    return ModelInputs.knowing(
        model,
        () ->
            KnownEntities.of(
                model, modes, attributes.byTable(), Machine.threads(threads), warnings));
  }
}
