/**
 * Options of the commands and what they become: data, parts, network, training, tuning, models.
 *
 * <p>Each class is a group of options that several commands share. It checks what it is given alone
 * and hands over the records of the library.
 */
@NullMarked
package kronwood.cli.options;

import org.jspecify.annotations.NullMarked;
