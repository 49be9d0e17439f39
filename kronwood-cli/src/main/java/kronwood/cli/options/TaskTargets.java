package kronwood.cli.options;

import java.util.List;
import kronwood.io.pairs.TargetKind;
import kronwood.io.pairs.TargetSpec;
import kronwood.loss.Task;
import org.jspecify.annotations.Nullable;

/** From a task to what its target columns must hold. */
public final class TaskTargets {
  private TaskTargets() {}

  public static TargetSpec spec(List<String> columns, Task task, @Nullable String positive) {
    TargetKind kind =
        switch (task) {
          case REGRESSION -> TargetKind.REAL;
          case BINARY -> TargetKind.BINARY;
          case MULTICLASS -> TargetKind.MULTICLASS;
        };
    return new TargetSpec(columns, kind, positive, List.of(), null);
  }
}
