package kronwood.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.EntityTuples;
import kronwood.model.KnownEntitySets;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.Predictions;

/** Inputs of a graph for known entities, and that it predicts what the model does. */
final class OnnxComparison {
  private OnnxComparison() {}

  /** Random tuples of known entities; a mode of the same name has the same entity. */
  static int[] tuples(Model model, int count) {
    Random random = new Random(42);
    int modes = model.modeNames().size();
    int[] entities = new int[count * modes];
    for (int i = 0; i < entities.length; i++) {
      int mode = i % modes;
      int first = model.modeNames().indexOf(model.modeNames().get(mode));
      entities[i] =
          first < mode
              ? entities[i - mode + first]
              : random.nextInt(model.table(mode).ids().size());
    }
    return entities;
  }

  static Map<String, Object> inputs(Model model, InputKind kind, int[] entities) {
    KnownEntitySets known = KnownEntitySets.of(model);
    Map<String, Object> inputs = new LinkedHashMap<>();
    int modes = model.modeNames().size();
    int rows = entities.length / modes;
    for (int k = 0; k < modes; k++) {
      int mode = k;
      ModelTable table = model.table(mode);
      String name = model.modeNames().get(mode);
      int[] column = IntStream.range(0, rows).map(i -> entities[i * modes + mode]).toArray();
      if (kind == InputKind.IDS) {
        inputs.put(
            name + "_id", IntStream.of(column).mapToObj(table.ids()::id).toArray(String[]::new));
        continue;
      }
      int rank = table.map().rank();
      inputs.put(
          name,
          IntStream.of(column)
              .mapToObj(e -> Arrays.copyOfRange(table.coordinates(), e * rank, (e + 1) * rank))
              .toArray(float[][]::new));
      if (!model.settings().isEmpty()) {
        boolean[] trained = new boolean[rows];
        for (int i = 0; i < rows; i++) {
          trained[i] = !known.isNew(mode, column[i]);
        }
        inputs.put(name + "_known", trained);
      }
    }
    return inputs;
  }

  static void compare(Model model, OnnxRun run, Map<String, Object> inputs, int[] entities)
      throws OrtException {
    EntityTuples tuples = EntityTuples.of(model.modeNames().size(), entities);
    compare(model.predictor(1).predictWithDeviations(tuples), run.run(inputs));
  }

  static void compare(Predictions expected, Map<String, float[]> found) {
    compare("prediction", expected.values(), found);
    assertEquals(expected.hasDeviations(), found.containsKey("prediction_sd"));
    if (expected.hasDeviations()) {
      compare("prediction_sd", expected.deviations(), found);
    }
  }

  private static void compare(String what, double[] expected, Map<String, float[]> found) {
    float[] values = found.getOrDefault(what, new float[0]);
    assertEquals(expected.length, values.length, what);
    for (int i = 0; i < values.length; i++) {
      double tolerance = 1e-5 * (1 + Math.abs(expected[i]));
      assertEquals(expected[i], values[i], tolerance, what + " " + i);
    }
  }
}
