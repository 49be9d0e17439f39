/**
 * The front door. Begin with {@link kronwood.Kronwood}: it trains, tunes, validates and loads.
 * {@link kronwood.TrainingTables} reads what to train on from files, {@link
 * kronwood.TrainingArrays} takes it from arrays, {@link kronwood.KronwoodModel} predicts and ranks
 * by ids.
 *
 * <pre>{@code
 * TrainingData data =
 *     new TrainingTables("pairs.csv", "left", "right")
 *         .target("affinity")
 *         .features("left", "left.csv")
 *         .similarity("right", "right_similarity.csv")
 *         .testWhere("fold = 'test'")
 *         .read();
 * KronwoodModel model = Kronwood.train(data);
 * model.save(Path.of("model.kron"));
 * double affinity = model.predict("D1", "P1");
 * }</pre>
 *
 * <p>Whatever the caller can mend is a {@link kronwood.fault.InputException}. What stands behind
 * the door may be used as well: {@code kronwood.fit} to train, {@code kronwood.model} to predict by
 * numbers instead of ids, {@code kronwood.io} to read and write tables.
 */
@NullMarked
package kronwood;

import org.jspecify.annotations.NullMarked;
