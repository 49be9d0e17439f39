/**
 * The rules that hold over all modules: who may use whom, and what nobody may use. They are tested
 * here because the command line is the one module that sees all others. No behaviour is tested
 * here.
 */
@NullMarked
package kronwood.architecture;

import org.jspecify.annotations.NullMarked;
