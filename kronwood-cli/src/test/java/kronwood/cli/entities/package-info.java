/**
 * Tests of the options that describe entities: tables, blocks, encoders, similarities, profiles.
 */
@NullMarked
package kronwood.cli.entities;

import org.jspecify.annotations.NullMarked;
