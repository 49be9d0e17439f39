package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import kronwood.state.Representation;
import kronwood.state.StateLayout;

/** All coordinates that states may have. */
final class Layouts {
  private Layouts() {}

  /** Every mix of representations, and whole inputs in each. */
  static List<StateLayout> of(int modes) {
    List<StateLayout> layouts = new ArrayList<>();
    int mixes = (int) Math.pow(3, modes);
    for (int mix = 0; mix < mixes; mix++) {
      List<Representation> representations = new ArrayList<>();
      for (int rest = mix, k = 0; k < modes; k++, rest /= 3) {
        representations.add(Representation.values()[rest % 3]);
      }
      layouts.add(new StateLayout(false, representations));
    }
    for (Representation representation : Representation.values()) {
      layouts.add(new StateLayout(true, List.of(representation)));
    }
    return layouts;
  }
}
