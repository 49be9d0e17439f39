package kronwood.prepared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The layout of a file of prepared pairs. All numbers are little-endian.
 *
 * <pre>
 *   8 bytes   KRONPAIR
 *   I32       version of the format
 *   I32       bytes of a record
 *   I64       position of the header, L its length in bytes
 *   I64       L
 *   32 bytes  SHA-256 of the header
 *   records, from byte 64 on: I32 entity of each mode,
 *             F32 of each target, or I32 class,
 *             F32 weight, if there are weights
 *   L bytes   header, JSON in UTF-8
 * </pre>
 */
final class PreparedFormat {
  static final int VERSION = 1;
  static final byte[] MAGIC = "KRONPAIR".getBytes(StandardCharsets.US_ASCII);
  static final int PREAMBLE = 64;
  static final int DIGEST_BYTES = 32;

  private PreparedFormat() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
