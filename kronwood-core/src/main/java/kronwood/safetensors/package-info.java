/**
 * Safetensors files, read and written: named tensors, texts, and a SHA-256 of it all.
 *
 * <p>A file may come from a stranger: no size that it states is believed before it is checked. What
 * the tensors mean belongs to {@code kronwood.model}.
 */
@NullMarked
package kronwood.safetensors;

import org.jspecify.annotations.NullMarked;
