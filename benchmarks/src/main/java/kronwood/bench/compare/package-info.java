/**
 * Whole epochs, side by side in one run.
 *
 * <p>A {@link kronwood.bench.contest.Comparison} lists contestants, {@link
 * kronwood.bench.contest.Interleaved} runs them in turn, checks that those which must give the same
 * answer do, and a table of medians and ratios is printed. A comparison of different answers is an
 * error, a missed target of time is not. Other programs run in processes of their own and are told
 * what to train; what they are made of does not belong here. Inner loops are measured in {@link
 * kronwood.bench.micro}.
 */
@NullMarked
package kronwood.bench.compare;

import org.jspecify.annotations.NullMarked;
