/**
 * A report as data: sections of texts, tables and figures, and the writers that make HTML and
 * Markdown of them. Nothing here knows what a model is.
 */
@NullMarked
package kronwood.report.page;

import org.jspecify.annotations.NullMarked;
