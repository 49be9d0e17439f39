package kronwood.io.pairs;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import kronwood.data.ClassTargets;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.io.table.TableSource;
import kronwood.io.table.TestFiles;

/**
 * Two small entity tables, {@code left} with a, b, 007 and {@code right} with x, y; and requests.
 */
public final class PairsFixture {
  static final EntityTable LEFT = table("left", List.of("a", "b", "007"));
  static final EntityTable RIGHT = table("right", List.of("x", "y"));
  static final Map<String, EntityTable> TABLES = Map.of("left", LEFT, "right", RIGHT);
  public static final Map<String, EntityIds> KNOWN =
      Map.of("left", LEFT.ids(), "right", RIGHT.ids());
  public static final List<ModeSpec> MODES = ModeSpec.parseAll("left,right");
  static final TargetSpec REAL = TargetSpec.real(List.of("y"));

  private final TestFiles files;

  PairsFixture(TestFiles files) {
    this.files = files;
  }

  static EntityTable table(String name, List<String> ids) {
    return EntityTable.of(
        name, EntityIds.of(ids), DenseFeatures.of(ids.size(), 1, new float[ids.size()]));
  }

  TrainingPairs read(String csv, TargetSpec target, SplitSpec split) throws IOException {
    return read(files.text("pairs.csv", csv), target, split);
  }

  static TrainingPairs read(TableSource source, TargetSpec target, SplitSpec split) {
    return PairsReader.read(new PairsRequest(source, MODES, TABLES, target, split));
  }

  /** Reads with every row training. */
  TrainingPairs read(String csv, TargetSpec target) throws IOException {
    return read(csv, target, SplitSpec.trainOnAll());
  }

  static float[] numbers(Samples samples) {
    RealTargets targets = (RealTargets) samples.targets();
    float[] numbers = new float[targets.size() * targets.outputs()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = targets.value(i / targets.outputs(), i % targets.outputs());
    }
    return numbers;
  }

  static int[] labels(Samples samples) {
    ClassTargets targets = (ClassTargets) samples.targets();
    int[] labels = new int[targets.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = targets.label(i);
    }
    return labels;
  }

  static int[] entities(Samples samples) {
    int modes = samples.tuples().modes();
    int[] entities = new int[samples.size() * modes];
    for (int i = 0; i < entities.length; i++) {
      entities[i] = samples.tuples().entity(i / modes, i % modes);
    }
    return entities;
  }
}
