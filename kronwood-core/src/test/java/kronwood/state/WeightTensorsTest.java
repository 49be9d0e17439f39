package kronwood.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.testing.PairInputs;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tensors that are read and added to block by block, against inputs that are written out. */
class WeightTensorsTest {
  private static final int UNITS = 21;
  private static final int STRIDE = 32;

  /** Entities 2 and 3 of one mode, (5, 1) and (−1, 0) of the other. */
  @Test
  void aTensorIsReadAndAddedToByHand() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(
                FactorTable.of(2, 1, new double[] {2, 3}),
                FactorTable.of(2, 2, new double[] {5, 1, -1, 0})),
            new int[] {0, 1},
            EntityTuples.of(2, new int[] {0, 0, 1, 1}));
    for (Precision precision : Precision.values()) {
      try (Parallel parallel = Parallel.of(1)) {
        WeightTensors algebra = new WeightTensors(inputs, precision, parallel);
        RealArray[] tensors = algebra.zeros(1);
        CoefficientLog log = new CoefficientLog(1, 1);
        // 0.5 · (10, 2) − 2 · (−3, 0)
        log.add(0, 0, 0.5);
        log.add(0, 1, -2);
        algebra.absorb(tensors, log, 0, new int[] {0, 1});
        double[] tensor = new double[2];
        tensors[0].read(0, tensor, 2);
        assertArrayEquals(new double[] {11, 1}, tensor);
        RealArray out = precision.array(32);
        algebra.read(List.<RealArray[]>of(tensors), new int[] {1, 0}, 16, out);
        assertEquals(-33, out.get(0));
        assertEquals(112, out.get(16));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> inputsOfOneTwoAndThreeModes() {
    return Stream.of(1, 2, 3, 4)
        .flatMap(
            modes ->
                Seeds.runs(
                    modes + " modes",
                    4,
                    random -> {
                      int[] entities = new int[modes];
                      int[] ranks = new int[modes];
                      for (int k = 0; k < modes; k++) {
                        entities[k] = 1 + random.nextInt(random.nextBoolean() ? 4 : 60);
                        ranks[k] = 1 + random.nextInt(modes > 2 ? 5 : 40);
                      }
                      int[] tables = Problems.range(0, modes);
                      compare(random, Problems.inputs(random, 90, entities, ranks, tables));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> inputsThatAreSums() {
    return Stream.of(PairStructure.SYMMETRIC, PairStructure.ANTISYMMETRIC, PairStructure.CARTESIAN)
        .flatMap(
            structure ->
                Seeds.runs(
                    structure.key(),
                    3,
                    random ->
                        compare(random, PairInputs.draw(random, 80, structure, new int[] {0, 0}))));
  }

  private static void compare(Random random, StructuredInputs inputs) {
    int dimension = (int) inputs.dimension();
    double[][] x = new double[inputs.size()][dimension];
    for (int i = 0; i < x.length; i++) {
      inputs.materialise(i, x[i]);
    }
    for (Precision precision : Precision.values()) {
      double tolerance = precision == Precision.SINGLE ? 1e-4 : 1e-11;
      try (Parallel parallel = Parallel.of(2)) {
        WeightTensors algebra = new WeightTensors(inputs, precision, parallel);
        RealArray[] start = algebra.zeros(UNITS);
        RealArray[] change = algebra.zeros(UNITS);
        double[][] expected = new double[UNITS][dimension];
        for (int r = 0; r < UNITS; r++) {
          start[r].write(0, Problems.gaussian(random, dimension), dimension);
          start[r].read(0, expected[r], dimension);
        }
        for (int block = 0; block < 3; block++) {
          int[] logged = random.ints(30, 0, inputs.size()).toArray();
          CoefficientLog log = new CoefficientLog(UNITS, 2);
          for (int r = 0; r < UNITS; r++) {
            for (int p = 0; p < logged.length; p++) {
              if (random.nextInt(3) == 0) {
                double c = random.nextGaussian();
                log.add(r, p, 99, c);
                for (int i = 0; i < dimension; i++) {
                  expected[r][i] += c * x[logged[p]][i];
                }
              }
            }
          }
          algebra.absorb(change, log, 1, logged);
          int[] read = random.ints(40, 0, inputs.size()).toArray();
          RealArray out = precision.array(read.length * STRIDE);
          algebra.read(List.of(start, change), read, STRIDE, out);
          for (int p = 0; p < read.length; p++) {
            for (int r = 0; r < UNITS; r++) {
              double z = 0;
              double size = 1;
              for (int i = 0; i < dimension; i++) {
                double product = expected[r][i] * x[read[p]][i];
                z += product;
                size += Math.abs(product);
              }
              assertEquals(z, out.get(p * STRIDE + r), tolerance * size, "input " + read[p]);
            }
          }
        }
      }
    }
  }

  /** What a unit reads depends neither on how many units there are nor on the threads. */
  @Test
  void aUnitHasTheSameBitsAloneAndAmongOthers() {
    Random random = new Random(5);
    StructuredInputs inputs =
        Problems.inputs(random, 200, new int[] {9, 50}, new int[] {7, 33}, 0, 1);
    int[] block = Problems.range(0, 200);
    try (Parallel one = Parallel.of(1);
        Parallel two = Parallel.of(2)) {
      WeightTensors alone = new WeightTensors(inputs, Precision.SINGLE, one);
      WeightTensors among = new WeightTensors(inputs, Precision.SINGLE, two);
      RealArray[] tensors = among.zeros(UNITS);
      for (RealArray tensor : tensors) {
        tensor.write(0, Problems.gaussian(random, among.size()), among.size());
      }
      RealArray expected = Precision.SINGLE.array(200 * STRIDE);
      among.read(List.<RealArray[]>of(tensors), block, STRIDE, expected);
      RealArray found = Precision.SINGLE.array(200 * 16);
      alone.read(List.<RealArray[]>of(new RealArray[] {tensors[19]}), block, 16, found);
      for (int p = 0; p < 200; p++) {
        assertEquals(expected.get(p * STRIDE + 19), found.get(p * 16));
      }
    }
  }
}
