package kronwood.spark.job;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * What the tasks of one process share, by the digest of the bytes that it was read from: read once,
 * dropped when memory is short.
 */
public final class ExecutorCache {
  private static final Map<String, SoftReference<FutureTask<Object>>> KEPT = new HashMap<>();

  private ExecutorCache() {}

  /** The value of a key; the first task to ask makes it, others wait. */
  public static <T> T get(String key, Class<T> type, Supplier<T> made) {
    FutureTask<Object> task;
    synchronized (KEPT) {
      KEPT.values().removeIf(each -> each.get() == null);
      SoftReference<FutureTask<Object>> kept = KEPT.get(key);
      FutureTask<Object> known = kept == null ? null : kept.get();
      task = known == null ? new FutureTask<>(made::get) : known;
      if (known == null) {
        KEPT.put(key, new SoftReference<>(task));
      }
    }
    task.run();
    try {
      return type.cast(task.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + key, e);
    } catch (ExecutionException e) {
      synchronized (KEPT) {
        KEPT.remove(key);
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }
}
