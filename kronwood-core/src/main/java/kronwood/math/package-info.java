/**
 * Numerical building blocks that know nothing about networks: products of matrices over the kernels
 * of {@code kronwood.math.kernel}, the eigen-decomposition of a symmetric matrix ({@link
 * kronwood.math.SymmetricEigen}), the pivoted Cholesky factorisation ({@link
 * kronwood.math.PivotedCholesky}) and a parallel loop whose results do not depend on the number of
 * threads ({@link kronwood.math.Parallel}).
 *
 * <p>Nothing here may depend on another package of Kronwood, read a file, or know a word such as
 * sample, mode or neuron. Inner loops belong in {@code kronwood.math.kernel}.
 */
@NullMarked
package kronwood.math;

import org.jspecify.annotations.NullMarked;
