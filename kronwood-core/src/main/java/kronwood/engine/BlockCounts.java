package kronwood.engine;

import java.util.concurrent.atomic.LongAdder;
import kronwood.network.Exchange;
import kronwood.state.CoefficientLog;

/**
 * What a {@link BlockEngine} counts. Two counts steer it and are therefore taken over all
 * processes: log entries that were pulled, by which the size of blocks is chosen, and log entries
 * of a block, by which the order of its sums is. The others are of the neurons held here.
 */
final class BlockCounts {
  private final Exchange exchange;

  /** Units of all processes, and linear ones among those held here. */
  private final int allUnits;

  private final int linear;
  private final LongAdder asked = new LongAdder();
  private final LongAdder fired = new LongAdder();
  private final LongAdder candidates = new LongAdder();
  private long refreshed;
  private long pulled;

  BlockCounts(Exchange exchange, int allUnits, int linear) {
    this.exchange = exchange;
    this.allUnits = allUnits;
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

  /** Share of all units with an entry in the log, mean over so many inputs. */
  double density(CoefficientLog log, int inputs) {
    return inputs == 0 ? 0 : (double) exchange.sum(log.size()) / allUnits / inputs;
  }

  WorkCounters work() {
    return new WorkCounters(
        asked.sum(), fired.sum(), candidates.sum(), 0, refreshed + candidates.sum());
  }
}
