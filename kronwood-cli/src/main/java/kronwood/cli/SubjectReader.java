package kronwood.cli;

import java.nio.file.Path;
import java.util.List;
import kronwood.cli.options.ModelInputs;
import kronwood.cli.options.TruthOptions;
import kronwood.cli.terminal.Warnings;
import kronwood.data.Samples;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.table.TableSource;
import kronwood.model.Model;
import kronwood.report.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples that a report shows a model on.
 *
 * @param trainWhere predicate of the rows that the model was trained on, null if not known
 */
record SubjectReader(
    ModelInputs inputs, TruthOptions truth, @Nullable String trainWhere, Warnings warnings) {
  Subject read(Model model, Path path) {
    List<ModeSpec> modes = inputs.modes(model, path);
    TableSource table = inputs.source(model);
    KnownEntities entities = inputs.entities(model, modes, table, warnings);
    Samples samples = truth.samples(model, path, table, modes, entities);
    Samples training =
        trainWhere == null
            ? null
            : truth.pairs(model, path, table, modes, entities, trainWhere).samples();
    int threads = Runtime.getRuntime().availableProcessors();
    return Subject.of(entities, model, "given", samples, training, threads);
  }
}
