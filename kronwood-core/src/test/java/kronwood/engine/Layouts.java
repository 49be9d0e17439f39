package kronwood.engine;

import java.util.ArrayList;
import java.util.List;
import kronwood.engine.weights.UpdateRule;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.state.Representation;
import kronwood.state.StateLayout;

/** All coordinates that states may have. */
final class Layouts {
  /** Stands for the engine whose weights are the state, and which has no layout. */
  static final StateLayout WEIGHTS =
      new StateLayout(true, List.of(Representation.WEIGHT, Representation.WEIGHT));

  private Layouts() {}

  /** The block engine in a layout, or the one whose weights are the state. */
  static BlockEngine engine(
      StructuredInputs inputs,
      InitialWeights initial,
      UpdateRule rule,
      StateLayout layout,
      Precision precision,
      Parallel parallel) {
    return layout.equals(WEIGHTS)
        ? BlockEngine.ofWeights(inputs, initial, rule, precision, Exchange.NONE, parallel)
        : new BlockEngine(inputs, initial, rule, layout, precision, Exchange.NONE, parallel);
  }

  /** Every mix of representations, whole inputs in each, and {@link #WEIGHTS}. */
  static List<StateLayout> of(int modes) {
    List<StateLayout> layouts = new ArrayList<>();
    Representation[] all = Representation.values();
    int mixes = (int) Math.pow(all.length, modes);
    for (int mix = 0; mix < mixes; mix++) {
      List<Representation> representations = new ArrayList<>();
      for (int rest = mix, k = 0; k < modes; k++, rest /= all.length) {
        representations.add(all[rest % all.length]);
      }
      layouts.add(new StateLayout(false, representations));
    }
    for (Representation representation : all) {
      layouts.add(new StateLayout(true, List.of(representation)));
    }
    layouts.add(WEIGHTS);
    return layouts;
  }
}
