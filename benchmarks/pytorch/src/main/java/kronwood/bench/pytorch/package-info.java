/**
 * The same training by PyTorch, in a process of its own that is told what to train through its
 * standard input: so that its memory can be told from that of others, and that the ordinary build
 * needs none of it.
 *
 * <p>{@link kronwood.bench.pytorch.Layer} holds the training step as PyTorch runs it, {@link
 * kronwood.bench.pytorch.TrainingRun} calls it batch after batch, {@link
 * kronwood.bench.pytorch.Main} describes what goes in and out. Nothing here knows Kronwood's
 * engines, and nothing here decides what is compared.
 */
@NullMarked
package kronwood.bench.pytorch;

import org.jspecify.annotations.NullMarked;
