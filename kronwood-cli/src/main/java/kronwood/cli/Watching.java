package kronwood.cli;

import kronwood.cli.options.DashboardOption;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.dashboard.Dashboard;
import kronwood.dashboard.DashboardOptions;
import kronwood.data.Dataset;
import kronwood.train.StopSignal;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/** The page that watches a command, if one is wanted: its listener and its buttons. */
final class Watching {
  private final @Nullable Dashboard dashboard;
  private final TrainingControl control;

  private Watching(@Nullable Dashboard dashboard, StopSignal other) {
    this.dashboard = dashboard;
    this.control = dashboard == null ? TrainingControl.of(other) : dashboard.control(other);
  }

  /**
   * Does work that may be watched, and tells the page its end.
   *
   * @param other stops the work too
   * @param work returns an exit code
   * @return that exit code, or the one of an interrupted command if the page stopped it
   */
  static int over(
      DashboardOption option,
      DashboardOptions options,
      Streams streams,
      StopSignal other,
      Work work) {
    Dashboard dashboard = option.open(options, streams);
    if (dashboard == null) {
      return work.with(new Watching(null, other));
    }
    try (dashboard) {
      return over(dashboard, new Watching(dashboard, other), work);
    }
  }

  private static int over(Dashboard dashboard, Watching watching, Work work) {
    try {
      int code = work.with(watching);
      return code == ExitCodes.SUCCESS && dashboard.isStopPressed() ? ExitCodes.INTERRUPTED : code;
    } catch (RuntimeException | Error e) {
      dashboard.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Work that may be watched. */
  @FunctionalInterface
  interface Work {
    int with(Watching watching);
  }

  /** Whether there is a page. */
  boolean isShown() {
    return dashboard != null;
  }

  /** Passes events on to the page too. */
  TrainingListener listener(TrainingListener first) {
    return dashboard == null ? first : first.andThen(dashboard);
  }

  /** Says what samples are called. */
  void names(Dataset data) {
    if (dashboard != null) {
      dashboard.nameSamples(data::name);
    }
  }

  /** Shows metrics that were left out until the model was saved. */
  void measured(TrainingResult result) {
    if (dashboard != null && result.course().stopped()) {
      dashboard.on(TrainingEvent.Finished.of(result));
    }
  }

  /** What the training asks. */
  TrainingControl control() {
    return control;
  }
}
