/**
 * A model as a service over HTTP/1.1: predictions and rankings for known and for new entities.
 *
 * <p>{@link kronwood.server.PredictionServer} is where to begin. A request passes {@code Guard}
 * (who may ask), {@code RequestBody} (how much), {@code Workers} (how many at a time), then one of
 * the protocols, which read it as a {@code Query} and write the answer. {@code ServedModel}
 * predicts; {@code ModelWatch} replaces it when the file of the model is replaced.
 */
@NullMarked
package kronwood.server;

import org.jspecify.annotations.NullMarked;
