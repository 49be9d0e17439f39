/**
 * Molecules: fingerprints of SMILES, through the Chemistry Development Kit.
 *
 * <p>The type is a service of {@link kronwood.encode.EncoderType}; nothing calls this package by
 * name. All that is not chemistry belongs elsewhere.
 */
@NullMarked
package kronwood.chem;

import org.jspecify.annotations.NullMarked;
