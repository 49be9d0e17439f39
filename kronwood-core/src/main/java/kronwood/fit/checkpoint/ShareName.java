package kronwood.fit.checkpoint;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Name of a file of checkpoints of several processes: {@code KEY-epoch-000012-RUN-0-512.share}, or
 * with {@code .manifest} in place of the neurons.
 *
 * @param key digest of the training
 * @param epoch epochs done
 * @param run a random number of the run that wrote it
 * @param share first neuron and end of the share; empty for the manifest
 */
public record ShareName(String key, int epoch, long run, String share) {
  private static final Pattern NAME =
      Pattern.compile(
          "([0-9a-f]{32})-epoch-(\\d{6,9})-([0-9a-f]{16})(?:-(\\d+-\\d+)\\.share|\\.manifest)");

  /** Null if it is a file of another kind. */
  public static @Nullable ShareName parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    String share = matcher.group(4);
    return new ShareName(
        matcher.group(1),
        Integer.parseInt(matcher.group(2)),
        Long.parseUnsignedLong(matcher.group(3), 16),
        share == null ? "" : share);
  }

  /** The same, parsed from all names of files of one training. */
  public static List<ShareName> of(String key, List<String> names) {
    return names.stream()
        .map(ShareName::parse)
        .filter(name -> name != null && name.key.equals(key))
        .toList();
  }

  public boolean isManifest() {
    return share.isEmpty();
  }

  public ShareName ofShare(String other) {
    return new ShareName(key, epoch, run, other);
  }

  public boolean isOfSameCheckpoint(ShareName other) {
    return epoch == other.epoch && run == other.run;
  }

  public String text() {
    return String.format(Locale.ROOT, "%s-epoch-%06d-%016x", key, epoch, run)
        + (isManifest() ? ".manifest" : "-" + share + ".share");
  }
}
