package kronwood.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import kronwood.model.file.ModelFile;
import kronwood.model.file.StoredModel;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a model file every half second. When it was replaced, the new model is read beside the
 * one that answers, compared with its digest and made ready, and then takes its place. Requests
 * that are being answered keep theirs. A file that cannot be taken leaves the old model in place.
 */
final class ModelWatch implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 500;

  private final Path file;
  private final String name;
  private final ServerOptions options;
  private final ServerListener listener;
  private final Metrics metrics;
  private final Thread thread;
  private volatile ServedModel model;
  private volatile boolean closed;
  private @Nullable Object seen;

  /**
   * Reads the model.
   *
   * @throws IOException if it cannot be read, as {@link ModelFile#open} says it
   */
  ModelWatch(Path file, ServerOptions options, ServerListener listener, Metrics metrics)
      throws IOException {
    this.file = file;
    this.name = String.valueOf(file.getFileName()).replaceFirst("\\.kron$", "");
    this.options = options;
    this.listener = listener;
    this.metrics = metrics;
    this.seen = Files.exists(file) ? state() : null;
    this.model = load(ModelFile.open(file));
    this.thread = Thread.ofPlatform().name("kronwood-model").daemon().unstarted(this::watch);
  }

  /** Begins to look. */
  void start() {
    thread.start();
  }

  /** The model that answers now. */
  ServedModel model() {
    return model;
  }

  /** What is counted. */
  Metrics metrics() {
    return metrics;
  }

  private ServedModel load(StoredModel stored) {
    return ServedModel.of(name, stored, options.threads(), options.cacheBytes());
  }

  /** What changes when a file is replaced. */
  private Object state() throws IOException {
    BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
    return List.of(of.lastModifiedTime(), of.size(), String.valueOf(of.fileKey()));
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(INTERVAL_MILLIS);
        look();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() {
    try {
      Object now = Files.exists(file) ? state() : null;
      // A file that is gone may be about to come back.
      if (now == null || Objects.equals(now, seen)) {
        return;
      }
      seen = now;
      checkMemory(Files.size(file));
      StoredModel stored = ModelFile.open(file);
      if (stored.sha256().equals(model.sha256())) {
        return;
      }
      model = load(stored);
      metrics.reload(true);
      listener.reloaded(model.sha256());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      metrics.reload(false);
      listener.refused(String.valueOf(e.getMessage()));
    }
  }

  private static void checkMemory(long bytes) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    if (bytes > runtime.maxMemory() - used) {
      System.gc();
      used = runtime.totalMemory() - runtime.freeMemory();
    }
    if (bytes > runtime.maxMemory() - used) {
      throw new IOException(
          "the new model has %d bytes, beside the old one Java has %d left; allow it more, with -Xmx"
              .formatted(bytes, runtime.maxMemory() - used));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
