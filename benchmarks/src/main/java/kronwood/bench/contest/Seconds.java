package kronwood.bench.contest;

import java.lang.management.ManagementFactory;

/**
 * A span of time in seconds.
 *
 * @param wall as a clock on the wall shows it, including all the time other processes took
 * @param cpu the calling thread's share of a processor, which other processes inflate less; without
 *     garbage collection and compilation, which have threads of their own
 */
public record Seconds(double wall, double cpu) {

  /** A point in time: only differences have a meaning. */
  public static Seconds now() {
    return new Seconds(
        System.nanoTime() * 1e-9,
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9);
  }

  public Seconds minus(Seconds earlier) {
    return new Seconds(wall - earlier.wall, cpu - earlier.cpu);
  }
}
