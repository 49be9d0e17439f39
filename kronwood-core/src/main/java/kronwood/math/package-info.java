/**
 * Numerical building blocks that know nothing about networks: loops over flat arrays in a scalar
 * and a SIMD version ({@link kronwood.math.Kernels}), the eigen-decomposition of a symmetric matrix
 * ({@link kronwood.math.SymmetricEigen}), the pivoted Cholesky factorisation ({@link
 * kronwood.math.PivotedCholesky}) and a parallel loop whose results do not depend on the number of
 * threads ({@link kronwood.math.Parallel}).
 *
 * <p>Nothing here may depend on another package of Kronwood, read a file, draw a random number or
 * know a word such as sample, mode or neuron. {@code jdk.incubator.vector} is imported by the
 * classes whose names begin with {@code Vector}, and by no other class of the project.
 */
@NullMarked
package kronwood.math;

import org.jspecify.annotations.NullMarked;
