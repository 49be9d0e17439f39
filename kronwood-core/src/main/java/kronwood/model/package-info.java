/**
 * The trained network as people use it: made from a data set, predicting, saved and loaded.
 *
 * <p>A model file is a safetensors file; reader and writer stand side by side here. Training itself
 * belongs in {@code kronwood.train}, tables and command lines outside this module.
 */
@NullMarked
package kronwood.model;

import org.jspecify.annotations.NullMarked;
