package kronwood.safetensors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest that a file holds of itself: SHA-256 of all its bytes, where {@link #BLANK} stands in
 * the place of the digest's own 64 lower-case hexadecimal characters.
 */
public final class SafetensorsDigest {
  /** Metadata key of the digest. */
  static final String KEY = "sha256";

  public static final String BLANK = "0".repeat(64);

  private final MessageDigest digest;

  private SafetensorsDigest(MessageDigest digest) {
    this.digest = digest;
  }

  public static SafetensorsDigest create() {
    try {
      return new SafetensorsDigest(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Continues with the first {@code length} of the bytes. */
  public void update(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** The digest of all bytes given. */
  public String text() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Where the digest stands in the first bytes of a file, or −1 if it does not. */
  static int position(byte[] prefix, String digest) {
    return new String(prefix, StandardCharsets.ISO_8859_1).indexOf(digest);
  }
}
