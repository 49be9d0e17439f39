/**
 * The asynchronous tree: which neurons fire on a sample, found without visiting them all.
 *
 * <p>It stores inner products and knows nothing of where they come from: neither weights, nor
 * inputs, nor losses belong here. Source: Song and Ye, "Efficient Asynchronize Stochastic Gradient
 * Algorithm with Structured Data", arXiv 2305.08001.
 */
@NullMarked
package kronwood.tree;

import org.jspecify.annotations.NullMarked;
