package kronwood.server;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The threads that predict: as many as predictions are made at a time. Clients, slow or not, are
 * held by threads that cost little; these do the work.
 *
 * <p>A thread works for a request until the work is done, also where its client is gone: no work
 * goes on beside what the number of threads allows.
 */
final class Workers implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final Duration patience;

  Workers(int count, int waiting, Duration patience) {
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name("kronwood-predict-", 0).daemon().factory());
    threads.prestartAllCoreThreads();
  }

  /**
   * Has something done, and waits for it.
   *
   * @throws Problem if too many requests wait, this one waited for too long, or the work threw it
   */
  <T> T run(Callable<T> work) throws InterruptedException {
    AtomicBoolean begun = new AtomicBoolean();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              begun.set(true);
              return work.call();
            });
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw Problem.busy();
    }
    try {
      try {
        return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!begun.get() && threads.getQueue().remove(task)) {
          throw Problem.busy();
        }
        return task.get();
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case OutOfMemoryError e ->
          new Problem(503, "Out of memory", "the request needs more memory than there is");
      case Error e -> throw e;
      case null, default -> new IllegalStateException(cause);
    };
  }

  /** Requests that wait. */
  int waiting() {
    return threads.getQueue().size();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
