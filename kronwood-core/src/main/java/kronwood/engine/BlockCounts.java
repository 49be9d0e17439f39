package kronwood.engine;

import java.util.concurrent.atomic.LongAdder;
import kronwood.network.Exchange;

/**
 * What a {@link BlockEngine} counts. One count steers it and is therefore taken over all processes:
 * log entries that were pulled, by which the size of blocks is chosen. The others are of the
 * neurons held here.
 */
final class BlockCounts {
  private final Exchange exchange;

  /** Linear units among those held here. */
  private final int linear;

  private final LongAdder asked = new LongAdder();
  private final LongAdder fired = new LongAdder();
  private final LongAdder candidates = new LongAdder();
  private long refreshed;
  private long pulled;

  BlockCounts(Exchange exchange, int linear) {
    this.exchange = exchange;
    this.linear = linear;
  }

  /** A sample was asked for. May be called concurrently. */
  void query(int unitsFired, int seen) {
    asked.increment();
    fired.add(unitsFired - linear);
    candidates.add(seen);
  }

  void refresh(long products) {
    refreshed += products;
  }

  void pull(long entries) {
    pulled += entries;
  }

  /** Log entries pulled by all processes since this was asked last. */
  long takePulled() {
    long all = exchange.sum(pulled);
    pulled = 0;
    return all;
  }

  WorkCounters work() {
    return new WorkCounters(
        asked.sum(), fired.sum(), candidates.sum(), 0, refreshed + candidates.sum());
  }
}
