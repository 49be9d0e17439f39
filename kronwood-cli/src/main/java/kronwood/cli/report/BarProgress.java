package kronwood.cli.report;

import kronwood.cli.terminal.Streams;
import kronwood.train.EpochReport;
import kronwood.train.TrainingEvent;

/** One line that is updated in place, for terminals. */
final class BarProgress extends ProgressDisplay {
  private static final int WIDTH = 16;
  private static final long NANOS_BETWEEN = 100_000_000;

  /** Automatic wrapping is off meanwhile: a narrow terminal cuts the line instead of scrolling. */
  private static final String BEGIN = "\r\033[?7l";

  private static final String END = "\033[K\033[?7h";

  private final ProgressLine line;
  private final int epochs;
  private String lastEpoch = "";
  private boolean open;
  private long shown;

  BarProgress(Streams streams, ProgressLine line, int epochs) {
    super(streams);
    this.line = line;
    this.epochs = epochs;
  }

  @Override
  void heldOut(TrainingEvent.HeldOutBegun part) {
    close();
    announce(part);
  }

  @Override
  void newEntities() {
    close();
    announceNewEntities();
  }

  @Override
  void trial(TrainingEvent.TrialDone trial) {
    announce(trial);
  }

  @Override
  void begin(TrainingEvent.Started training) {
    announce(training);
    shown = System.nanoTime();
  }

  @Override
  void batch(TrainingEvent.BatchDone batch) {
    long now = System.nanoTime();
    if (now - shown >= NANOS_BETWEEN) {
      if (batch.epoch() == resumed() + 1) {
        lastEpoch = ProgressLine.speed(batch.samplesDone(), elapsed());
      }
      show(batch.epoch(), (double) batch.samplesDone() / batch.samplesTotal());
    }
  }

  @Override
  void epoch(EpochReport report) {
    lastEpoch =
        "%s  %s  %s"
            .formatted(
                line.quality(report),
                ProgressLine.speed(report.work().samples(), report.seconds()),
                ProgressLine.work(report.work()));
    show(report.epoch(), 1);
  }

  private void show(int epoch, double share) {
    shown = System.nanoTime();
    int filled = (int) Math.round(share * WIDTH);
    String text =
        "epoch %d/%d [%s%s]  %s  %s"
            .formatted(
                epoch,
                epochs,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                lastEpoch,
                left(epoch - 1 + share, epochs));
    streams.control(BEGIN + text + END);
    open = true;
  }

  @Override
  public void close() {
    if (open) {
      streams.err().println();
      open = false;
    }
  }
}
