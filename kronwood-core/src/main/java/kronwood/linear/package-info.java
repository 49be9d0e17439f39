/**
 * The linear Kronecker model {@code f(x) = ⟨W, x⟩}: kernel ridge regression on structured inputs,
 * solved by conjugate gradients for many strengths of regularisation at once ({@link
 * kronwood.linear.KroneckerRidge}), with products of the kernel matrix that never form it ({@link
 * kronwood.linear.KroneckerOperator}).
 *
 * <p>It is what pairwise users rely on today: the baseline that a network has to beat, and the
 * start of its linear part. Neurons, losses other than the squared one, and schedules do not belong
 * here.
 */
@NullMarked
package kronwood.linear;

import org.jspecify.annotations.NullMarked;
