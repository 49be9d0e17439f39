/** Tests of the service, over sockets. */
@NullMarked
package kronwood.server;

import org.jspecify.annotations.NullMarked;
