package kronwood.fit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import kronwood.file.AtomicFile;
import kronwood.file.TemporaryPath;
import kronwood.fit.checkpoint.CheckpointFile;
import kronwood.fit.checkpoint.CheckpointHeader;
import kronwood.fit.checkpoint.ShareInput;
import kronwood.fit.checkpoint.ShareName;
import kronwood.fit.checkpoint.SharesReader;
import kronwood.math.RealArray;
import kronwood.network.Exchange;
import kronwood.network.NeuronRange;
import kronwood.network.SumOrder;
import kronwood.safetensors.SafetensorsDigest;
import kronwood.state.StateVisitor;
import kronwood.train.NeuronShare;
import org.jspecify.annotations.Nullable;

/**
 * One process's part in the {@link SharedCheckpoints} of one training. All processes call the same
 * methods at the same time: they agree on what is read and on what counts as written.
 */
final class SavedShares extends ResumableTraining {
  private static final String SHARES = "shares";
  private static final int KEY = 32;

  private final SharedCheckpoints place;
  private final NeuronRange range;
  private final boolean paired;
  private final Exchange exchange;
  private final int lastEpoch;
  private final Map<String, String> facts;
  private final String key;
  private final long run;
  private final long processes;
  private final List<String> shares;
  private @Nullable Found found;
  private @Nullable ShareName previous;

  /** Files of a checkpoint that were copied to the local disk and are whole. */
  private record Found(
      CheckpointHeader header, TemporaryPath folder, List<Path> files, List<NeuronRange> ranges) {}

  private SavedShares(
      SharedCheckpoints place, Map<String, String> facts, ModelOptions options, NeuronShare share) {
    super(
        new CheckpointHeader(
            0,
            facts,
            Map.of(),
            options.training().engine().engine(),
            options.training().engine().layout(),
            options.memory()));
    this.place = place;
    this.range = share.neurons();
    this.paired = options.network().paired();
    this.exchange = share.exchange();
    this.lastEpoch = options.training().epochs();
    this.facts = facts;
    this.key = key(facts);
    this.run = exchange.sum(isFirst() ? new SecureRandom().nextLong() : 0);
    this.processes = exchange.sum(1);
    this.shares = allShares();
  }

  /** Finds the newest checkpoint that all processes can read. */
  static SavedShares of(
      SharedCheckpoints place, Map<String, String> facts, ModelOptions options, NeuronShare share)
      throws IOException {
    SavedShares saved = new SavedShares(place, facts, options, share);
    saved.find();
    return saved;
  }

  private static String key(Map<String, String> facts) {
    SafetensorsDigest digest = SafetensorsDigest.create();
    new TreeMap<>(facts)
        .forEach(
            (name, value) -> {
              byte[] line = (name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8);
              digest.update(line, line.length);
            });
    return digest.text().substring(0, KEY);
  }

  /** Whether this is the process that lists, writes manifests and deletes. */
  private boolean isFirst() {
    return range.from() == 0;
  }

  private static String text(NeuronRange range) {
    return range.from() + "-" + range.to();
  }

  /** What all processes hold, found out from where each begins. */
  private List<String> allShares() {
    double[] begins = new double[Math.ceilDiv(range.distinct(), SumOrder.PANEL)];
    begins[range.from() / SumOrder.PANEL] = 1;
    exchange.sum(begins, begins.length);
    List<String> all = new ArrayList<>();
    for (int panel = begins.length - 1, end = range.distinct(); panel >= 0; panel--) {
      if (begins[panel] == 1) {
        all.addFirst(panel * SumOrder.PANEL + "-" + end);
        end = panel * SumOrder.PANEL;
      }
    }
    return List.copyOf(all);
  }

  private void find() throws IOException {
    List<ShareName> manifests = new ArrayList<>();
    if (isFirst()) {
      ShareName.of(key, place.store().names()).stream()
          .filter(name -> name.isManifest() && name.epoch() <= lastEpoch)
          .sorted(Comparator.comparingInt(ShareName::epoch).reversed())
          .forEach(manifests::add);
    }
    for (int next = 0; found == null; next++) {
      boolean any = next < manifests.size();
      int epoch = (int) exchange.sum(any ? manifests.get(next).epoch() : 0);
      if (epoch == 0) {
        return;
      }
      long runOf = exchange.sum(any ? manifests.get(next).run() : 0);
      ShareName manifest = new ShareName(key, epoch, runOf, "");
      TemporaryPath folder = TemporaryPath.folder();
      Found candidate = null;
      try {
        candidate = fetched(manifest, folder);
      } finally {
        if (candidate == null) {
          folder.close();
        }
      }
      if (exchange.sum(candidate == null ? 0 : 1) == processes && candidate != null) {
        found = candidate;
        resume(candidate.header.withFacts(facts));
        previous = manifest;
      } else if (candidate != null) {
        folder.close();
      }
    }
  }

  /** Copies what this process needs of a checkpoint; null if it is not whole. */
  private @Nullable Found fetched(ShareName manifest, TemporaryPath folder) throws IOException {
    try {
      Path index = folder.path().resolve("manifest");
      CheckpointHeader read = copied(manifest, index);
      List<Path> files = new ArrayList<>();
      List<NeuronRange> ranges = new ArrayList<>();
      int covered = 0;
      for (String share : read.facts().getOrDefault(SHARES, "").split(" ")) {
        NeuronRange other = range(share);
        int overlap = Math.min(range.to(), other.to()) - Math.max(range.from(), other.from());
        if (overlap > 0) {
          Path file = folder.path().resolve(share);
          copied(manifest.ofShare(share), file);
          files.add(file);
          ranges.add(other);
          covered += overlap;
        }
      }
      if (covered != range.size()) {
        throw new CheckpointFile.DamagedException("it does not have all neurons");
      }
      return new Found(read, folder, files, ranges);
    } catch (CheckpointFile.DamagedException
        | FileNotFoundException
        | NoSuchFileException
        | IllegalArgumentException e) {
      place.warn(
          "checkpoint of epoch %d in '%s' is damaged: %s; the one before is used"
              .formatted(manifest.epoch(), place.store().place(), e.getMessage()));
      return null;
    }
  }

  private CheckpointHeader copied(ShareName name, Path to)
      throws IOException, CheckpointFile.DamagedException {
    place.store().fetch(name.text(), to);
    CheckpointHeader read = CheckpointFile.readHeader(to);
    Map<String, String> expected = new LinkedHashMap<>(facts);
    expected.put("file", name.text());
    for (Map.Entry<String, String> fact : expected.entrySet()) {
      if (!fact.getValue().equals(read.facts().get(fact.getKey()))) {
        throw new CheckpointFile.DamagedException(
            "'%s' says %s is %s, not %s"
                .formatted(
                    name.text(), fact.getKey(), read.facts().get(fact.getKey()), fact.getValue()));
      }
    }
    return read;
  }

  private NeuronRange range(String share) {
    String[] ends = share.split("-", 2);
    return new NeuronRange(
        Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]), range.distinct());
  }

  @Override
  public boolean load(Consumer<StateVisitor> training) {
    Found files = found;
    if (files == null) {
      return false;
    }
    List<FileChannel> open = new ArrayList<>();
    try {
      try {
        List<ShareInput> inputs = new ArrayList<>();
        for (int i = 0; i < files.files.size(); i++) {
          Path file = files.files.get(i);
          FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          open.add(channel);
          inputs.add(
              new ShareInput(file, files.ranges.get(i), CheckpointFile.afterHeader(file, channel)));
        }
        SharesReader reader = new SharesReader(inputs, range, paired);
        training.accept(reader);
        reader.end();
      } finally {
        for (FileChannel channel : open) {
          channel.close();
        }
        files.folder.close();
      }
    } catch (IOException e) {
      throw place.unreadable(e);
    }
    return true;
  }

  @Override
  public Optional<Path> save(int epoch, Consumer<StateVisitor> training) {
    if (epoch % place.every() != 0 && epoch != lastEpoch) {
      return Optional.empty();
    }
    // What processes do together must not depend on whether a disk takes a file.
    training.accept(new Unread());
    ShareName manifest = new ShareName(key, epoch, run, "");
    boolean written = write(manifest.ofShare(text(range)), training);
    boolean all = exchange.sum(written ? 1 : 0) == processes;
    if (all && isFirst() && write(manifest, _ -> {})) {
      clean(manifest);
      previous = manifest;
    }
    return Optional.empty();
  }

  /** Writes a file of a checkpoint; false if that is not possible, which is told. */
  private boolean write(ShareName name, Consumer<StateVisitor> training) {
    Map<String, String> own = new LinkedHashMap<>(facts);
    own.put("file", name.text());
    own.put(SHARES, String.join(" ", shares));
    try (TemporaryPath folder = TemporaryPath.folder()) {
      Path file = folder.path().resolve("file");
      CheckpointHeader written = header().withFacts(own).withEpoch(name.epoch());
      CheckpointFile.write(folder.path().resolve("temporary"), file, written, training);
      place.store().store(file, name.text());
      return true;
    } catch (IOException e) {
      place.warn(
          "checkpoint '%s' could not be written to '%s': %s; training goes on"
              .formatted(name.text(), place.store().place(), AtomicFile.reason(e)));
      return false;
    }
  }

  /** Deletes this training's files of other checkpoints than this one and the one before. */
  private void clean(ShareName newest) {
    try {
      for (ShareName name : ShareName.of(key, place.store().names())) {
        boolean kept =
            name.isOfSameCheckpoint(newest)
                || (previous != null && name.isOfSameCheckpoint(previous));
        if (!kept && name.epoch() <= newest.epoch()) {
          place.store().delete(name.text());
        }
      }
    } catch (IOException e) {
      place.warn(
          "old checkpoints in '%s' could not be deleted: %s"
              .formatted(place.store().place(), AtomicFile.reason(e)));
    }
  }

  /** Looks at nothing. */
  private static final class Unread implements StateVisitor {
    @Override
    public void visit(String name, RealArray numbers) {}

    @Override
    public void visit(String name, double[] numbers) {}

    @Override
    public void visit(String name, long[] numbers) {}
  }
}
