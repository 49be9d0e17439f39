/**
 * Models as files: written, read from strangers, and checked while read. {@link
 * kronwood.model.file.ModelFile} documents the format.
 *
 * <p>Everything that knows names of tensors or versions of the format belongs here. What a model
 * computes belongs to {@code kronwood.model}, which knows nothing of files.
 */
@NullMarked
package kronwood.model.file;

import org.jspecify.annotations.NullMarked;
