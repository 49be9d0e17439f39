package kronwood.cli.failure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damage to a file, as chance and malice do it. */
final class Mutation {
  private static final String[] TOKENS = {
    "\"",
    "\"\"",
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\0",
    "\u001b[31m",
    "\uFEFF",
    "\u00e4\u6f22",
    "[",
    "]",
    "{",
    "}",
    "*",
    "?",
    "../",
    "a1",
    "b1",
    "id",
    "left",
    "NaN",
    "inf",
    "-",
    "1e400",
    "1e39",
    "-0",
    "0x1p3",
    "1,5",
    "true",
    "null",
    "\\",
    "\\u0000",
    ":",
    "@",
    "--",
    "9".repeat(40),
    "x".repeat(6000),
    "\"" + "y\n".repeat(2000) + "\"",
    "$(x)",
    "%s%n",
    "); --"
  };

  private final Random random;

  Mutation(long seed) {
    this.random = new Random(seed);
  }

  /** A copy with one to four changes, mostly one. */
  byte[] of(byte[] content) {
    byte[] changed = content.clone();
    int changes = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      changed = once(changed);
    }
    return changed;
  }

  boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private byte[] once(byte[] content) {
    int at = random.nextInt(content.length + 1);
    int length = Math.min(content.length - at, 1 + random.nextInt(40));
    return switch (random.nextInt(14)) {
      case 0 -> flipped(content, at);
      case 1 -> Arrays.copyOf(content, at);
      case 2 -> spliced(content, at, length, new byte[0]);
      case 3 -> spliced(content, at, 0, Arrays.copyOfRange(content, at, at + length));
      case 4 -> spliced(content, at, length, bytes(length));
      case 5 -> line(content, at);
      case 6 -> spliced(content, at, length, new byte[length]);
      case 7, 8, 9 -> digit(content, at);
      case 10 -> digit(digit(content, at), random.nextInt(content.length + 1));
      default ->
          spliced(
              content,
              at,
              random.nextBoolean() ? 0 : Math.min(length, 3),
              TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8));
    };
  }

  private byte[] flipped(byte[] content, int at) {
    byte[] changed = content.clone();
    if (at < changed.length) {
      changed[at] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  /** The next digit becomes another: most of such tables can be used. */
  private byte[] digit(byte[] content, int at) {
    byte[] changed = content.clone();
    for (int i = at; i < changed.length; i++) {
      if (changed[i] >= '0' && changed[i] <= '9') {
        changed[i] = (byte) ('0' + random.nextInt(10));
        return changed;
      }
    }
    return changed;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A line again, somewhere else. */
  private byte[] line(byte[] content, int at) {
    int from = at;
    while (from > 0 && content[from - 1] != '\n') {
      from--;
    }
    int to = at;
    while (to < content.length && content[to] != '\n') {
      to++;
    }
    byte[] line = Arrays.copyOfRange(content, from, Math.min(content.length, to + 1));
    return spliced(content, random.nextInt(content.length + 1), 0, line);
  }

  private static byte[] spliced(byte[] content, int at, int removed, byte[] inserted) {
    byte[] changed = new byte[content.length - removed + inserted.length];
    System.arraycopy(content, 0, changed, 0, at);
    System.arraycopy(inserted, 0, changed, at, inserted.length);
    System.arraycopy(
        content, at + removed, changed, at + inserted.length, content.length - at - removed);
    return changed;
  }
}
