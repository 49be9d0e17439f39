/**
 * Divisions of a data set for cross-validation in a setting, balanced and seeded: {@link
 * kronwood.data.fold.Folds}.
 *
 * <p>How samples or entities are divided belongs here. A division that the user gives, the {@code
 * Split}, and the settings are data and belong to {@code kronwood.data}; what is done with the
 * folds belongs to {@code kronwood.validate}.
 */
@NullMarked
package kronwood.data.fold;

import org.jspecify.annotations.NullMarked;
