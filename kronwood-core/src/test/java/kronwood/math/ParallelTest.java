package kronwood.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// In a thread of its own: a loop that is stuck does not heed an interrupt.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParallelTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyIndexIsVisitedOnce(int threads) {
    try (Parallel parallel = Parallel.of(threads)) {
      assertEquals(threads, parallel.threads());
      for (int n : new int[] {0, 1, 2, 7, 64, 1000, 10_007}) {
        for (int grain : new int[] {1, 3, 64, 5000, Integer.MAX_VALUE}) {
          AtomicIntegerArray visits = new AtomicIntegerArray(n);
          parallel.forRange(
              n,
              grain,
              (from, to, worker) -> {
                assertTrue(worker >= 0 && worker < threads);
                for (int i = from; i < to; i++) {
                  visits.incrementAndGet(i);
                }
              });
          for (int i = 0; i < n; i++) {
            assertEquals(1, visits.get(i), "index " + i + " of " + n + ", grain " + grain);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void theRangeIsCutByTheGrainWhateverTheThreads(int threads) {
    Set<List<Integer>> pieces = ConcurrentHashMap.newKeySet();
    try (Parallel parallel = Parallel.of(threads)) {
      parallel.forRange(23, 5, (from, to, worker) -> pieces.add(List.of(from, to)));
    }
    assertEquals(
        Set.of(List.of(0, 5), List.of(5, 10), List.of(10, 15), List.of(15, 20), List.of(20, 23)),
        pieces);
  }

  @Test
  void resultsHaveTheSameBitsOnAnyNumberOfThreads() {
    int n = 5000;
    double[] x = new Random(5).doubles(n).toArray();
    double[] expected = sums(x, 1);
    for (int threads : new int[] {2, 3, 8}) {
      assertArrayEquals(expected, sums(x, threads), threads + " threads");
    }
  }

  /** A sum for each piece: rounding would show another partition. */
  private static double[] sums(double[] x, int threads) {
    double[] sums = new double[x.length];
    try (Parallel parallel = Parallel.of(threads)) {
      parallel.forRange(
          x.length,
          37,
          (from, to, worker) -> {
            double sum = 0;
            for (int i = from; i < to; i++) {
              sum += Math.sin(x[i]);
              sums[i] = sum;
            }
          });
    }
    return sums;
  }

  @Test
  void oneThreadMeansTheCallerInAscendingOrder() {
    Thread caller = Thread.currentThread();
    List<Integer> starts = new ArrayList<>();
    try (Parallel parallel = Parallel.of(1)) {
      parallel.forRange(
          10,
          3,
          (from, to, worker) -> {
            assertSame(caller, Thread.currentThread());
            assertEquals(0, worker);
            starts.add(from);
          });
    }
    assertEquals(List.of(0, 3, 6, 9), starts);
  }

  @Test
  void severalThreadsWorkAtTheSameTimeUnderDifferentNumbers() {
    CountDownLatch allHere = new CountDownLatch(3);
    Set<Integer> workers = Collections.synchronizedSet(new TreeSet<>());
    try (Parallel parallel = Parallel.of(3)) {
      parallel.forRange(
          3,
          1,
          (from, to, worker) -> {
            workers.add(worker);
            allHere.countDown();
            // Ends only if three threads are inside together.
            await(allHere);
          });
    }
    assertEquals(Set.of(0, 1, 2), workers);
  }

  @Test
  void scratchOfAWorkerIsItsOwn() {
    try (Parallel parallel = Parallel.of(4)) {
      AtomicBoolean[] busy = new AtomicBoolean[4];
      for (int i = 0; i < 4; i++) {
        busy[i] = new AtomicBoolean();
      }
      AtomicInteger clashes = new AtomicInteger();
      for (int repeat = 0; repeat < 200; repeat++) {
        parallel.forRange(
            64,
            1,
            (from, to, worker) -> {
              if (!busy[worker].compareAndSet(false, true)) {
                clashes.incrementAndGet();
              }
              Thread.onSpinWait();
              busy[worker].set(false);
            });
      }
      assertEquals(0, clashes.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void anExceptionReachesTheCallerAndTheLoopCanBeUsedAgain(int threads) {
    try (Parallel parallel = Parallel.of(threads)) {
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  parallel.forRange(
                      100,
                      1,
                      (from, to, worker) -> {
                        if (from == 42) {
                          throw new IllegalArgumentException("index 42");
                        }
                      }));
      assertEquals("index 42", thrown.getMessage());
      assertThrows(
          StackOverflowError.class,
          () ->
              parallel.forRange(
                  10,
                  1,
                  (from, to, worker) -> {
                    throw new StackOverflowError();
                  }));
      AtomicInteger done = new AtomicInteger();
      parallel.forRange(100, 7, (from, to, worker) -> done.addAndGet(to - from));
      assertEquals(100, done.get());
    }
  }

  @Test
  void afterAFailureNoFurtherPieceIsStarted() {
    AtomicInteger started = new AtomicInteger();
    try (Parallel parallel = Parallel.of(1)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              parallel.forRange(
                  1000,
                  1,
                  (from, to, worker) -> {
                    started.incrementAndGet();
                    throw new IllegalStateException();
                  }));
    }
    assertEquals(1, started.get());
  }

  @Test
  void ofSeveralFailuresTheLowestIsThrownAndTheOthersAreSuppressed() {
    CountDownLatch bothHere = new CountDownLatch(2);
    try (Parallel parallel = Parallel.of(2)) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  parallel.forRange(
                      2,
                      1,
                      (from, to, worker) -> {
                        bothHere.countDown();
                        await(bothHere);
                        throw new IllegalStateException("piece " + from);
                      }));
      assertEquals("piece 0", thrown.getMessage());
      assertEquals(1, thrown.getSuppressed().length);
      assertEquals("piece 1", thrown.getSuppressed()[0].getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aLoopInsideALoopIsRefusedRatherThanStuck(int threads) {
    try (Parallel parallel = Parallel.of(threads)) {
      RangeTask nested =
          (from, to, worker) -> parallel.forRange(1, 1, (innerFrom, innerTo, innerWorker) -> {});
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> parallel.forRange(8, 1, nested));
      assertTrue(thrown.getMessage().contains("inside"), thrown.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void closingInsideATaskIsRefusedRatherThanStuck(int threads) {
    Parallel parallel = Parallel.of(threads);
    RangeTask closing = (from, to, worker) -> parallel.close();
    assertThrows(IllegalStateException.class, () -> parallel.forRange(8, 1, closing));
    parallel.close();
  }

  @Test
  void callsFromDifferentThreadsTakeTurns() throws InterruptedException {
    AtomicIntegerArray running = new AtomicIntegerArray(3);
    AtomicInteger total = new AtomicInteger();
    AtomicInteger mixed = new AtomicInteger();
    try (Parallel parallel = Parallel.of(2)) {
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < 3; caller++) {
        int own = caller;
        RangeTask task =
            (from, to, worker) -> {
              running.incrementAndGet(own);
              for (int other = 0; other < 3; other++) {
                if (other != own && running.get(other) > 0) {
                  mixed.incrementAndGet();
                }
              }
              running.decrementAndGet(own);
              total.incrementAndGet();
            };
        callers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int repeat = 0; repeat < 50; repeat++) {
                        parallel.forRange(10, 1, task);
                      }
                    }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
    }
    assertEquals(3 * 50 * 10, total.get());
    assertEquals(0, mixed.get(), "pieces of two loops ran at the same time");
  }

  @Test
  void anInterruptIsKeptAndDoesNotStopTheLoop() {
    Thread caller = Thread.currentThread();
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean finished = new AtomicBoolean();
    try (Parallel parallel = Parallel.of(2)) {
      caller.interrupt();
      parallel.forRange(
          2,
          1,
          (from, to, worker) -> {
            inside.incrementAndGet();
            while (inside.get() < 2) {
              Thread.onSpinWait();
            }
            if (!caller.equals(Thread.currentThread())) {
              // The caller has met its interrupt by the time it waits for us.
              while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              finished.set(true);
            }
          });
      assertTrue(finished.get());
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aClosedLoopIsRefusedAndClosingTwiceIsAllowed() {
    Parallel parallel = Parallel.of(2);
    parallel.close();
    parallel.close();
    assertThrows(
        IllegalStateException.class, () -> parallel.forRange(1, 1, (from, to, worker) -> {}));
  }

  @Test
  void badArgumentsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Parallel.of(0));
    try (Parallel parallel = Parallel.of(1)) {
      RangeTask nothing = (from, to, worker) -> {};
      assertThrows(IllegalArgumentException.class, () -> parallel.forRange(-1, 1, nothing));
      assertThrows(IllegalArgumentException.class, () -> parallel.forRange(1, 0, nothing));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS), "the other threads did not come");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
