package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import kronwood.engine.Engine;
import kronwood.math.RealArray;
import kronwood.state.StateVisitor;

/** Copies of all numbers that a training shows, to be filled into another one. */
public final class SavedState {
  private final Map<String, Object> copies = new LinkedHashMap<>();

  /** What is shown now. */
  public static SavedState of(Consumer<StateVisitor> training) {
    SavedState saved = new SavedState();
    training.accept(saved.new Saver());
    return saved;
  }

  /** Replaces all numbers that are shown by the saved ones, of which none may be left over. */
  public void fill(Consumer<StateVisitor> training) {
    Filler filler = new Filler();
    training.accept(filler);
    assertEquals(copies.size(), filler.filled, "arrays filled");
  }

  public boolean isEmpty() {
    return copies.isEmpty();
  }

  /** Tells a block engine how many samples its blocks have, to start with. */
  public static void setBlockSize(Engine engine, long size) {
    engine.visit(
        new StateVisitor() {
          @Override
          public void visit(String name, RealArray numbers) {}

          @Override
          public void visit(String name, double[] numbers) {}

          @Override
          public void visit(String name, long[] numbers) {
            if (name.equals("blockSize")) {
              numbers[0] = size;
            }
          }
        });
  }

  private final class Saver implements StateVisitor {
    private void save(String name, Object copy) {
      assertNull(copies.put(name, copy), () -> name + " is shown twice");
    }

    @Override
    public void visit(String name, RealArray numbers) {
      save(name, numbers.copy());
    }

    @Override
    public void visit(String name, double[] numbers) {
      save(name, numbers.clone());
    }

    @Override
    public void visit(String name, long[] numbers) {
      save(name, numbers.clone());
    }
  }

  private final class Filler implements StateVisitor {
    private int filled;

    private Object saved(String name) {
      filled++;
      Object copy = copies.get(name);
      assertNotNull(copy, () -> name + " was not saved");
      return Objects.requireNonNull(copy);
    }

    @Override
    public void visit(String name, RealArray numbers) {
      RealArray copy = (RealArray) saved(name);
      assertEquals(copy.length(), numbers.length(), name);
      assertEquals(copy.precision(), numbers.precision(), name);
      for (int i = 0; i < copy.length(); i++) {
        numbers.set(i, copy.get(i));
      }
    }

    @Override
    public void visit(String name, double[] numbers) {
      double[] copy = (double[]) saved(name);
      assertEquals(copy.length, numbers.length, name);
      System.arraycopy(copy, 0, numbers, 0, copy.length);
    }

    @Override
    public void visit(String name, long[] numbers) {
      long[] copy = (long[]) saved(name);
      assertTrue(copy.length == numbers.length, name);
      System.arraycopy(copy, 0, numbers, 0, copy.length);
    }
  }
}
