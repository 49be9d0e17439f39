/**
 * Reports: what a model predicts well and what not, how its training went, how two models differ.
 * Begin with {@link kronwood.report.Report}. Nothing here trains a network or reads a table.
 *
 * <pre>{@code
 * TrainingRecord record = new TrainingRecord();
 * KronwoodModel model = Kronwood.train(data, options, record, StopSignal.NEVER, null);
 * Subject subject = Subject.of(model.model(), data.dataset(), data.split(), 2);
 * Report.ofTraining(subject, record, Origin.UNKNOWN).saveHtml(Path.of("report.html"));
 * }</pre>
 */
@NullMarked
package kronwood.report;

import org.jspecify.annotations.NullMarked;
