/**
 * Models for programs that know nothing of Kronwood: graphs in the ONNX format, and archives of
 * arrays for NumPy.
 *
 * <p>{@link kronwood.export.OnnxExport} and {@link kronwood.export.NpzExport} are where to begin.
 * The package writes both formats itself and needs nothing but kronwood-core.
 */
@NullMarked
package kronwood.export;

import org.jspecify.annotations.NullMarked;
