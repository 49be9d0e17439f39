package kronwood.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Who may ask: who knows the token of the run, under a name of this machine, from no page of
 * another origin. A stranger's page in a browser on this machine can send requests here, under a
 * name of its own too (DNS rebinding).
 */
final class Access {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final byte[] token;

  Access(String token) {
    this.token = token.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * What is asked for: the path behind the token.
   *
   * @throws Problem if it may not be asked for
   */
  String check(HttpFields headers, String path) {
    String authority = String.valueOf(headers.get(HttpHeader.HOST)).toLowerCase(Locale.ROOT);
    if (!LOOPBACK.contains(authority.replaceFirst(":[0-9]{1,5}$", ""))) {
      throw new Problem(
          HttpStatus.MISDIRECTED_REQUEST_421, "the page does not answer under this name");
    }
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null && !origin.equalsIgnoreCase("http://" + authority)) {
      throw new Problem(
          HttpStatus.FORBIDDEN_403, "requests from pages of other origins are refused");
    }
    int end = path.indexOf('/', 1);
    String given = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    // In a time that does not depend on how much of it is right.
    if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token)) {
      throw new Problem(
          HttpStatus.FORBIDDEN_403,
          "the token of this run is missing or another: open the address that the run printed");
    }
    return end < 0 ? path : path.substring(end + 1);
  }
}
