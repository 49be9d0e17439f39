/**
 * Cross-validation in the settings that a model will be used in, and metrics by setting, that is by
 * which entities of a pair are new.
 *
 * <p>The caller decides where and how results are kept.
 */
@NullMarked
package kronwood.validate;

import org.jspecify.annotations.NullMarked;
