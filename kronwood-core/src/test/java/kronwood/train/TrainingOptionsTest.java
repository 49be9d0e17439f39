package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import kronwood.math.Precision;
import kronwood.plan.EngineChoice;
import kronwood.plan.EngineOptions;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(
          8,
          7,
          OptionalDouble.of(6),
          5,
          0.4,
          3,
          2,
          new EngineOptions(EngineChoice.BLOCK, null, Precision.SINGLE, 1));

  /** Names of the components in which two differ. */
  private static List<String> differences(Record one, Record other)
      throws ReflectiveOperationException {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      Object left = component.getAccessor().invoke(one);
      Object right = component.getAccessor().invoke(other);
      if (left instanceof EngineOptions) {
        names.addAll(differences((Record) left, (Record) right));
      } else if (left == null ? right != null : !left.equals(right)) {
        names.add(component.getName());
      }
    }
    return names;
  }

  @Test
  void eachChangeChangesNothingElse() throws ReflectiveOperationException {
    Map<String, TrainingOptions> changed = new LinkedHashMap<>();
    changed.put("batch", OPTIONS.withBatch(9));
    changed.put("threads", OPTIONS.withThreads(9));
    changed.put("epochs", OPTIONS.withEpochs(9));
    changed.put("learningRate", OPTIONS.withLearningRate(9));
    changed.put("weightDecay", OPTIONS.withWeightDecay(9));
    changed.put("momentum", OPTIONS.withMomentum(0.9));
    changed.put("averaging", OPTIONS.withAveraging(9));
    changed.put("patience", OPTIONS.withPatience(9));
    changed.put("engine", OPTIONS.withPlan(EngineChoice.EAGER, null));
    changed.put("precision", OPTIONS.withPrecision(Precision.DOUBLE));
    for (Map.Entry<String, TrainingOptions> one : changed.entrySet()) {
      assertEquals(List.of(one.getKey()), differences(OPTIONS, one.getValue()));
    }
    assertEquals(9, OPTIONS.withEpochs(9).epochs());
    assertEquals(OptionalDouble.of(9), OPTIONS.withLearningRate(9).learningRate());
  }
}
