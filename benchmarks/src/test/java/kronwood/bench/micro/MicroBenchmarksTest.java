package kronwood.bench.micro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroBenchmarksTest {
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void bothSidesOfTheKernelsPassTheirChecks(String side) {
    KernelBenchmark benchmark = new KernelBenchmark();
    benchmark.side = side;
    for (int size : new int[] {1, 63, 64}) {
      benchmark.size = size;
      benchmark.prepare();
      assertEquals(size, benchmark.axpy().length);
      assertEquals(size, benchmark.timesRows().length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 256})
  void theTreePassesItsChecksAndReportsWhatAScanReports(int width) {
    TreeBenchmark benchmark = new TreeBenchmark();
    benchmark.width = width;
    benchmark.prepare();
    int byTree = 0;
    int byScan = 0;
    for (int i = 0; i < TreeBenchmark.SAMPLES; i++) {
      byTree += benchmark.query();
    }
    for (int i = 0; i < TreeBenchmark.SAMPLES; i++) {
      byScan += benchmark.queryByScan();
    }
    assertEquals(byScan, byTree);
    int all = TreeBenchmark.SAMPLES * width;
    assertTrue(byTree > 0.04 * all && byTree < 0.06 * all, "fired: " + byTree);
    assertEquals(benchmark.update() + 1, benchmark.updateByRebuild(), "samples in turn");
  }

  @Test
  void contractionGivesWhatWrittenOutInputsGive() {
    ContractionBenchmark benchmark = new ContractionBenchmark();
    benchmark.rank = 5;
    benchmark.prepare();
    double[] contracted = benchmark.evaluate().clone();
    assertArrayEquals(benchmark.evaluateByMaterialising(), contracted, 1e-10);
  }

  @Test
  void whatFiredIsAbsorbedAsByAProductWithZeros() {
    AbsorbBenchmark benchmark = new AbsorbBenchmark();
    benchmark.inputs = 50;
    benchmark.density = 0.1;
    benchmark.prepare();
    assertEquals(benchmark.whole().length, benchmark.firedOnly().length);
  }

  @Test
  void aProductOfMatricesIsMadeOfInnerProducts() {
    ProductBenchmark benchmark = new ProductBenchmark();
    benchmark.rank = 5;
    benchmark.prepare();
    float[] product = benchmark.contract().clone();
    assertArrayEquals(benchmark.contractByDots(), product, 1e-4f);
  }

  @Test
  void aWrongResultStopsABenchmark() {
    double[] expected = {1, 100};
    Checks.same("test", expected, new double[] {1 + 1e-11, 100}, 1e-12);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> Checks.same("test", expected, new double[] {1 + 1e-9, 100}, 1e-12));
    assertTrue(e.getMessage().startsWith("test: entry 0 is 1.000000001, expected"), e.getMessage());
    assertThrows(
        IllegalStateException.class,
        () -> Checks.same("test", expected, new double[] {1, Double.NaN}, 1e-12));
  }

  @Test
  void pairsAreFoundByParameterAndByName() {
    List<Score> scores =
        List.of(
            new Score("K.dot", Map.of("side", "scalar", "size", "8"), 6, "ns/op"),
            new Score("K.dot", Map.of("side", "vector", "size", "8"), 2, "ns/op"),
            new Score("K.dot", Map.of("side", "vector", "size", "9"), 2, "ns/op"),
            new Score("T.query", Map.of("width", "4"), 5, "ns/op"),
            new Score("T.queryByScan", Map.of("width", "4"), 4, "ns/op"),
            new Score("T.queryByScan", Map.of("width", "5"), 4, "ns/op"),
            new Score("T.update", Map.of("width", "4"), 1, "ns/op"));
    assertEquals(
        List.of(
            "K.dot {side=vector, size=8}: 2.0 against 6.0 ns/op,"
                + " 3.00 times as fast as scalar (medians)",
            "T.query {width=4}: 5.0 against 4.0 ns/op,"
                + " 0.80 times as fast as T.queryByScan (medians)"),
        Score.pairs(scores));
  }
}
