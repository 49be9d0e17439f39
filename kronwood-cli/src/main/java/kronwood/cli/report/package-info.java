/** What the commands print: progress, and results for people and for machines (JSON). */
@NullMarked
package kronwood.cli.report;

import org.jspecify.annotations.NullMarked;
