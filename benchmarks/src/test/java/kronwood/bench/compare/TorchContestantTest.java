package kronwood.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import kronwood.bench.contest.Run;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.math.Precision;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With -Ppytorch these must run; without it they are skipped unless PyTorch is there. */
class TorchContestantTest {
  private static final Dataset DATA = new RandomPairs(9, 8, 50, 6, 5).plain();

  private static KronwoodContestant dense(Dataset data) {
    return new KronwoodContestant(
        "dense",
        "same",
        data,
        GramOptions.DEFAULT,
        new SquaredLoss(),
        NetworkOptions.of(32, 2),
        EngineChoice.DENSE,
        Precision.DOUBLE,
        8,
        2);
  }

  private static void needPyTorch() {
    if (!Boolean.getBoolean("kronwood.pytorch.required")) {
      assumeTrue(PyTorch.find() != null, "PyTorch is not built; ./mvnw -Ppytorch builds it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "einsum", "bilinear"})
  void epochsLoseWhatTheyLoseInTheDenseEngine(String layer) {
    needPyTorch();
    Run expected = dense(DATA).run(3, false);
    try (TorchContestant torch =
        new TorchContestant("torch", PyTorch.jar(), dense(DATA), layer, 2)) {
      Run found = torch.run(3, true);
      assertTrue(found.isWhole());
      assertTrue(found.memory() > 0, "memory " + found.memory());
      for (int e = 0; e < 3; e++) {
        double loss = expected.epochs().get(e).loss();
        assertEquals(loss, found.epochs().get(e).loss(), 1e-4 * loss, "epoch " + (e + 1));
        assertEquals(50 * 32, found.epochs().get(e).work().innerProducts());
      }
    }
  }

  @Test
  void laterRunsTimePartsOfEpochsAndMustLoseTheSame() {
    needPyTorch();
    try (TorchContestant torch =
        new TorchContestant("torch", PyTorch.jar(), dense(DATA), "linear", 2)) {
      torch.run(3, true);
      Run part = torch.run(3, false);
      assertFalse(part.isWhole());
      assertEquals(16 / 50.0, part.epochs().getFirst().share());
    }
  }

  @Test
  void aPeerThatFailsIsReported() {
    needPyTorch();
    try (TorchContestant torch =
        new TorchContestant("torch", PyTorch.jar(), dense(DATA), "cubic", 2)) {
      PeerException e = assertThrows(PeerException.class, () -> torch.run(1, true));
      assertTrue(e.getMessage().contains("PyTorch's process ended early"), e.getMessage());
    }
  }

  @Test
  void onlyPairsCanBeTrained() {
    Dataset single =
        Dataset.of(
            List.of(DATA.modes().getFirst()),
            Samples.of(
                EntityTuples.of(1, new int[] {0, 1}),
                RealTargets.of(List.of("y"), new float[] {1, 2})));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TorchContestant("torch", Path.of("none"), dense(single), "linear", 2));
    assertEquals("PyTorch trains on pairs only", e.getMessage());
  }
}
