/**
 * Encoders: what makes feature vectors of columns of numbers, names, texts and sequences.
 *
 * <p>An encoder is fitted on the cells of the training entities and then the same for every entity,
 * known or new; what it learned is kept in the model file. Further encoders are found as services
 * of {@link kronwood.encode.EncoderType}. Reading tables and comparing vectors do not belong here.
 */
@NullMarked
package kronwood.encode;

import org.jspecify.annotations.NullMarked;
