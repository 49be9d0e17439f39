/**
 * The innermost loops over flat arrays, in a scalar and a SIMD version with the same results up to
 * rounding: {@link kronwood.math.kernel.Kernels} says what they compute, {@link
 * kronwood.math.kernel.KernelProvider} chooses a version once.
 *
 * <p>A loop belongs here if it has both versions. Nothing here may depend on another package of
 * Kronwood, not even on the rest of {@code kronwood.math}, allocate memory or start threads. {@code
 * jdk.incubator.vector} is imported by the classes whose names begin with {@code Vector}, and by no
 * other class of the project.
 */
@NullMarked
package kronwood.math.kernel;

import org.jspecify.annotations.NullMarked;
