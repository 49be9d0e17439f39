/**
 * How far a model is to be trusted: cross-validation in the settings that it will be used in, and
 * metrics by what is new about a pair.
 *
 * <p>Where results are kept, and in which form, is the caller's to say.
 */
@NullMarked
package kronwood.validate;

import org.jspecify.annotations.NullMarked;
