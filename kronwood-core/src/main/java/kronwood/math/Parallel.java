package kronwood.math;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A parallel loop over an index range on a fixed number of platform threads, the caller's included.
 * The range is cut into pieces of {@code grain} indices whatever the number of threads, and an idle
 * thread takes the next piece. Hence a task whose pieces write disjoint outputs, each computed from
 * nothing but the inputs and the piece's bounds, gives the same bits on any number of threads.
 *
 * <p>With one thread everything runs in the caller and no thread is ever started. A call on several
 * threads costs a microsecond if the one before was less than 50 microseconds ago, as threads look
 * for work for so long, and some ten microseconds otherwise: give it pieces worth more than that.
 * Calls from different threads wait for each other; a call from inside a task is an error. The
 * threads do not keep the virtual machine alive.
 */
public final class Parallel implements AutoCloseable {

  /** For how long a thread that has nothing to do looks for work before it sleeps. */
  private static final long SPIN_NANOS = 50_000;

  private final int threads;
  private final @Nullable ThreadPoolExecutor pool;
  private final ReentrantLock lock = new ReentrantLock();
  private final ThreadLocal<Boolean> insideTask = ThreadLocal.withInitial(() -> false);
  private boolean closed;

  private Parallel(int threads) {
    this.threads = threads;
    this.pool = threads == 1 ? null : startPool(threads - 1);
  }

  /**
   * Loops on the given number of threads, started here.
   *
   * @throws IllegalArgumentException if threads &lt; 1
   */
  public static Parallel of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "Number of threads is " + threads + ", expected at least 1.");
    }
    return new Parallel(threads);
  }

  private static ThreadPoolExecutor startPool(int size) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new SpinningQueue(size < Runtime.getRuntime().availableProcessors()),
            body ->
                Thread.ofPlatform()
                    .daemon()
                    .name("kronwood-worker-" + number.incrementAndGet())
                    .unstarted(body));
    // A machine that has no threads left shall say so now, not in the middle of a loop.
    pool.prestartAllCoreThreads();
    return pool;
  }

  /** The number of threads, the caller's included. */
  public int threads() {
    return threads;
  }

  /**
   * Runs the task on [0, grain), [grain, 2·grain), … up to n and returns when all is done; what the
   * task wrote is then visible to the caller. The order of the pieces is left open.
   *
   * <p>If the task throws, no further piece is started; when the running ones have ended, the
   * exception of the lowest failed piece is thrown on, with the others suppressed. An interrupt
   * does not stop the loop, and the caller's interrupt flag is kept.
   *
   * @param n number of indices; 0 does nothing
   * @param grain number of indices of a piece; the last may be shorter
   * @throws IllegalArgumentException if n &lt; 0 or grain &lt; 1
   * @throws IllegalStateException if closed, or called from inside a task of this loop
   */
  public void forRange(int n, int grain, RangeTask task) {
    if (n < 0 || grain < 1) {
      throw new IllegalArgumentException(
          "Range of " + n + " indices in pieces of " + grain + ": expected n >= 0, grain >= 1.");
    }
    refuseInsideTask();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("Parallel loop used after close().");
      }
      Loop loop = new Loop(n, grain, task);
      if (pool == null || n <= grain) {
        work(loop, 0);
      } else {
        long pieces = ((long) n + grain - 1) / grain;
        share(loop, (int) Math.min(threads, pieces) - 1, pool);
      }
      loop.throwFailure();
    } finally {
      lock.unlock();
    }
  }

  /** Runs the loop on so many threads of the pool and on this one. */
  private void share(Loop loop, int others, ThreadPoolExecutor pool) {
    CountDownLatch running = new CountDownLatch(others);
    for (int i = 1; i <= others; i++) {
      int worker = i;
      pool.execute(
          () -> {
            work(loop, worker);
            running.countDown();
          });
    }
    work(loop, 0);
    long started = System.nanoTime();
    while (running.getCount() > 0 && System.nanoTime() - started < SPIN_NANOS) {
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    while (running.getCount() > 0) {
      try {
        running.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Loop loop, int worker) {
    insideTask.set(true);
    loop.run(worker);
    insideTask.set(false);
  }

  private void refuseInsideTask() {
    if (insideTask.get()) {
      throw new IllegalStateException("Parallel loop called from inside one of its own tasks.");
    }
  }

  /**
   * Waits for a running loop, then ends the threads. Closing twice is allowed.
   *
   * @throws IllegalStateException if called from inside a task of this loop
   */
  @Override
  public void close() {
    refuseInsideTask();
    lock.lock();
    try {
      closed = true;
      if (pool != null) {
        pool.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A queue whose readers spin for a while before they sleep: waking a thread takes long. */
  private static final class SpinningQueue extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    private final boolean spins;

    /**
     * @param spins whether there are processors to do it on
     */
    SpinningQueue(boolean spins) {
      this.spins = spins;
    }

    @Override
    public Runnable take() throws InterruptedException {
      long started = System.nanoTime();
      while (spins && System.nanoTime() - started < SPIN_NANOS) {
        Runnable next = poll();
        if (next != null) {
          return next;
        }
        Thread.onSpinWait();
      }
      return super.take();
    }
  }

  /** One call of {@link #forRange}: the pieces not yet taken and the failures so far. */
  private static final class Loop {
    private final int n;
    private final int grain;
    private final RangeTask task;
    private final AtomicLong next = new AtomicLong();
    private @Nullable Throwable failure;
    private long failedFrom;

    Loop(int n, int grain, RangeTask task) {
      this.n = n;
      this.grain = grain;
      this.task = task;
    }

    /** Takes pieces until none is left; never throws. */
    void run(int worker) {
      for (long from = next.getAndAdd(grain); from < n; from = next.getAndAdd(grain)) {
        try {
          task.run((int) from, (int) Math.min(n, from + grain), worker);
        } catch (Throwable e) {
          fail(from, e);
        }
      }
    }

    private synchronized void fail(long from, Throwable e) {
      next.set(n);
      if (failure == null) {
        failure = e;
        failedFrom = from;
      } else if (from < failedFrom) {
        suppress(e, failure);
        failure = e;
        failedFrom = from;
      } else {
        suppress(failure, e);
      }
    }

    @SuppressWarnings("ReferenceEquality") // A throwable refuses to suppress itself, nothing else.
    private static void suppress(Throwable kept, Throwable other) {
      if (kept != other) {
        kept.addSuppressed(other);
      }
    }

    /** Called when no thread works on this loop any more. */
    synchronized void throwFailure() {
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        // A task can throw nothing else, except from a language without checked exceptions.
        case Throwable e -> throw new IllegalStateException("Task of a parallel loop failed.", e);
      }
    }
  }
}
