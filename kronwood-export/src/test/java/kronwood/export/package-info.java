/** Tests of exports: what another program makes of them, beside Kronwood's own predictions. */
@NullMarked
package kronwood.export;

import org.jspecify.annotations.NullMarked;
