package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void refusesWhatFindsNoPlaceToWaitAndWhatWaitsForTooLong() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger late = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (Workers workers = new Workers(1, 1, Duration.ofMillis(300))) {
      Thread working =
          Thread.startVirtualThread(
              () ->
                  ran(
                      workers,
                      () -> {
                        begun.countDown();
                        release.await();
                        return 1;
                      }));
      begun.await();
      Thread waiting =
          Thread.startVirtualThread(
              () -> {
                try {
                  ran(workers, late::incrementAndGet);
                } catch (Problem e) {
                  refused.set(e.status());
                }
              });
      while (workers.waiting() == 0 && waiting.isAlive()) {
        Thread.sleep(1);
      }
      assertEquals(503, assertThrows(Problem.class, () -> workers.run(() -> 2)).status());
      waiting.join();
      assertEquals(503, refused.get(), "waited for too long");
      assertEquals(0, workers.waiting(), "its place is free again");
      release.countDown();
      working.join();
      assertEquals(3, workers.run(() -> 3));
    }
    assertEquals(0, late.get(), "what was refused is not done later");
  }

  private static void ran(Workers workers, Callable<Integer> work) {
    try {
      assertEquals(1, workers.run(work));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailureOfTheWorkIsThatOfWhoAsked() throws InterruptedException {
    try (Workers workers = new Workers(1, 1, Duration.ofSeconds(10))) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      () -> {
                        throw new IllegalStateException("broken");
                      }));
      assertTrue(String.valueOf(thrown.getMessage()).contains("broken"));
      assertEquals(1, workers.run(() -> 1), "the thread goes on");
    }
  }
}
