package kronwood.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Who may ask.
 *
 * <p>A page of a stranger that a browser on this machine shows may send requests to addresses of
 * this machine, under a name of its own (DNS rebinding) or from its own origin. So on a loopback
 * address the name must be one of this machine, and a request with an origin must come from the
 * service's own pages.
 */
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean loopback;
  private final String host;
  private final byte[] token;

  Guard(ServerOptions options) {
    this.loopback = options.isLoopback();
    this.host = options.host().toLowerCase(Locale.ROOT);
    this.token = options.token().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Checks where a request goes and comes from.
   *
   * @throws Problem if its host or its origin is another
   */
  void checkOrigin(HttpFields headers) {
    String authority = String.valueOf(headers.get(HttpHeader.HOST)).toLowerCase(Locale.ROOT);
    if (loopback) {
      String name = authority.replaceFirst(":[0-9]{1,5}$", "");
      if (!LOOPBACK.contains(name) && !name.equals(host)) {
        throw new Problem(
            421, "Wrong host", "the service does not answer under the name that was asked");
      }
    }
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null
        && !origin.equalsIgnoreCase("http://" + authority)
        && !origin.equalsIgnoreCase("https://" + authority)) {
      throw new Problem(403, "Wrong origin", "requests from pages of other origins are refused");
    }
  }

  /**
   * Checks the token, in a time that does not depend on how much of it is right.
   *
   * @throws Problem if it is missing or another
   */
  void checkToken(HttpFields headers) {
    if (token.length == 0) {
      return;
    }
    String given = headers.get(HttpHeader.AUTHORIZATION);
    String scheme = "Bearer ";
    boolean bearer = given != null && given.regionMatches(true, 0, scheme, 0, scheme.length());
    byte[] found =
        bearer && given != null
            ? given.substring(scheme.length()).strip().getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    if (!MessageDigest.isEqual(found, token)) {
      throw new Problem(
          401, "Token needed", "send the service's token as Authorization: Bearer TOKEN");
    }
  }
}
