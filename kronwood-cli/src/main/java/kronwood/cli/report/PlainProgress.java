package kronwood.cli.report;

import kronwood.cli.terminal.Streams;
import kronwood.train.EpochReport;
import kronwood.train.TrainingEvent;

/** A line per epoch, for files and pipes. */
final class PlainProgress extends ProgressDisplay {
  private final ProgressLine line;

  PlainProgress(Streams streams, ProgressLine line) {
    super(streams);
    this.line = line;
  }

  @Override
  void begin(TrainingEvent.Started training) {
    announce(training);
  }

  @Override
  void heldOut(TrainingEvent.HeldOutBegun part) {
    announce(part);
  }

  @Override
  void newEntities() {
    announceNewEntities();
  }

  @Override
  void trial(TrainingEvent.TrialDone trial) {
    announce(trial);
  }

  @Override
  void epoch(EpochReport report) {
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
