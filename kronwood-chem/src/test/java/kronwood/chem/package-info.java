/** Tests of fingerprints. */
@NullMarked
package kronwood.chem;

import org.jspecify.annotations.NullMarked;
