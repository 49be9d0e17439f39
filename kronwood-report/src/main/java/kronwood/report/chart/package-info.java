/**
 * Charts as SVG: axes, lines, points, bars and heat maps. Colours are attributes, without a style
 * sheet, and can be told apart on white and on black. Nothing here knows what a model is.
 */
@NullMarked
package kronwood.report.chart;

import org.jspecify.annotations.NullMarked;
