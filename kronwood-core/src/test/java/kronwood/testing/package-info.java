/**
 * What tests of several packages share: seeded random tests, and random problems to run them on.
 * Oracles stay beside the tests that use them.
 */
@NullMarked
package kronwood.testing;

import org.jspecify.annotations.NullMarked;
