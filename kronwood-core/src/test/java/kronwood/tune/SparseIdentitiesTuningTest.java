package kronwood.tune;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityCoordinates;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.train.StopSignal;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;

/** What there is besides the network is not there for sparse coordinates. */
class SparseIdentitiesTuningTest {
  private final Pairs pairs =
      Pairs.of(
          new Random(4),
          new Blocks(List.of(Block.OfIdentity.among(12, 1))),
          new Blocks(List.of(Block.OfIdentity.among(9, 1))));

  private static ModelOptions options() {
    return new ModelOptions(
        GramOptions.DEFAULT.withIdentities(IdentityCoordinates.SPARSE),
        new SquaredLoss(),
        new NetworkOptions(16, 0.4, true, false, 5),
        TrainingOptions.plain(8, 2, OptionalDouble.of(0.5), 0, EngineChoice.AUTO, 1),
        1e9);
  }

  @Test
  void tuningIsRefused() {
    assertRefused(
        () ->
            Tuning.fit(
                pairs.data(),
                pairs.split(),
                options(),
                new TuningOptions(1, 1, TunedParts.BOTH, Setting.A, List.of(), 2, 5),
                TrainingListener.NONE),
        "there is no tuning");
  }

  @Test
  void theNetworkIsTrainedAlone() {
    SettingTraining.Result result =
        SettingTraining.fit(
            pairs.data(), pairs.split(), options(), TrainingListener.NONE, StopSignal.NEVER, null);
    assertNotNull(result.trained().model().network().entries());
    assertTrue(result.trained().model().settings().isEmpty());
  }
}
