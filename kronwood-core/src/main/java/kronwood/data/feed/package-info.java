/**
 * How a training goes through its samples: all of them are in memory, or they stay in a file and
 * are read a window at a time. What a training reads of them, and in which order, is the same.
 */
@NullMarked
package kronwood.data.feed;

import org.jspecify.annotations.NullMarked;
