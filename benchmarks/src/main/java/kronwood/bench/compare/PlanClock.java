package kronwood.bench.compare;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import kronwood.bench.contest.Measured;
import kronwood.bench.contest.Seconds;
import kronwood.network.NetworkOptions;
import kronwood.train.Trainer;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;

/**
 * Times epochs of one plan: a training of at least two, the first of which warms up unless it is
 * long, that is left when they have taken long enough.
 */
final class PlanClock implements TrainingListener {
  static final int MOST_EPOCHS = 1000;
  private static final int FEWEST_EPOCHS = 2;

  /** An epoch of so many seconds needs no warming up. */
  private static final double LONG = 3;

  /** Leaves a training without the evaluation at its end. */
  private static final class Done extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Done() {
      super("enough epochs were timed", null, false, false);
    }
  }

  private final double enough;
  private final boolean weigh;
  private final long liveBefore;
  private final List<Double> epochs = new ArrayList<>();
  private double learningRate;
  private double began;
  private long live;

  private PlanClock(double enough, boolean weigh) {
    this.enough = enough;
    this.weigh = weigh;
    this.liveBefore = weigh ? liveBytes() : 0;
  }

  /**
   * What was timed.
   *
   * @param seconds processor time of an epoch: the median of the second half
   * @param learningRate step size
   * @param live bytes of objects that were held after an epoch, at most; 0 if not weighed
   */
  record Timed(double seconds, double learningRate, long live) {}

  /**
   * Times a training.
   *
   * @param training on one thread, of up to {@link #MOST_EPOCHS}
   * @param enough processor seconds after which no further epoch begins
   * @param weigh whether to measure memory too
   */
  static Timed time(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions training,
      double enough,
      boolean weigh) {
    PlanClock clock = new PlanClock(enough, weigh);
    try {
      Trainer.train(problem, network, training, Double.POSITIVE_INFINITY, clock);
    } catch (Done done) {
      // As intended.
    }
    double[] timed =
        clock.epochs.subList(clock.epochs.size() / 2, clock.epochs.size()).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    return new Timed(Measured.median(timed), clock.learningRate, clock.live);
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started training) {
      learningRate = training.learningRate();
      began = cpu();
    } else if (event instanceof TrainingEvent.EpochDone) {
      endEpoch();
    }
  }

  private void endEpoch() {
    epochs.add(cpu() - began);
    double all = epochs.stream().mapToDouble(Double::doubleValue).sum();
    if (weigh && epochs.size() <= FEWEST_EPOCHS) {
      live = Math.max(live, liveBytes() - liveBefore);
    }
    if (((epochs.size() >= FEWEST_EPOCHS || all > LONG) && all > enough)
        || epochs.size() == MOST_EPOCHS) {
      throw new Done();
    }
    began = cpu();
  }

  private static double cpu() {
    return Seconds.now().cpu();
  }

  /**
   * Bytes of all live objects. The heap in use may be larger: the collector gives a long array
   * whole regions, the last of which it may fill only in part.
   *
   * @throws IllegalStateException if this virtual machine cannot tell
   */
  private static long liveBytes() {
    try {
      String histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      long bytes = 0;
      for (String line : histogram.lines().toList()) {
        // Such as "   1:    31808    48538200  [F (java.base)".
        String[] cells = line.strip().split(" +");
        boolean filler = line.contains("Filler");
        if (cells.length >= 4 && cells[0].endsWith(":") && !filler && !cells[0].equals("Total:")) {
          bytes += Long.parseLong(cells[2]);
        }
      }
      return bytes;
    } catch (JMException e) {
      throw new IllegalStateException("this virtual machine does not count its objects", e);
    }
  }
}
