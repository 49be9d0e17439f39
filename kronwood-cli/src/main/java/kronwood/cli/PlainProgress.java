package kronwood.cli;

import kronwood.plan.EnginePlan;
import kronwood.train.EpochReport;

/** A line per epoch, for files and pipes. */
final class PlainProgress extends ProgressDisplay {
  private final ProgressLine line;

  PlainProgress(Streams streams, Interruption interruption, ProgressLine line) {
    super(streams, interruption);
    this.line = line;
  }

  @Override
  public void onStart(EnginePlan plan, double learningRate) {
    super.onStart(plan, learningRate);
    announce(plan, learningRate);
  }

  @Override
  public void onEpoch(EpochReport report) {
    streams
        .err()
        .println(
            "epoch %d/%d  %s  %s  %s  %s"
                .formatted(
                    report.epoch(),
                    report.epochs(),
                    line.quality(report),
                    ProgressLine.speed(report.work().samples(), report.seconds()),
                    ProgressLine.work(report.work()),
                    left(report.epoch(), report.epochs())));
  }
}
