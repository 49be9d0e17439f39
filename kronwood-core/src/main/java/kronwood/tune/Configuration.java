package kronwood.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kronwood.candidate.CoordinateSearch;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.NetworkForm;

/**
 * Inputs and a training that are tried together.
 *
 * @param inputs form of the inputs
 * @param form how the network is trained
 */
record Configuration(InputConfiguration inputs, NetworkForm form) {
  /** The ways in which proposals may differ. */
  static List<CoordinateSearch.Coordinate<Configuration>> coordinates() {
    List<CoordinateSearch.Coordinate<Configuration>> coordinates = new ArrayList<>();
    for (CoordinateSearch.Coordinate<NetworkForm> one : NetworkForm.coordinates()) {
      coordinates.add(
          (from, direction) ->
              one.step(from.form, direction).map(form -> new Configuration(from.inputs, form)));
    }
    coordinates.add(Configuration::withConstant);
    return coordinates;
  }

  Configuration withForm(NetworkForm other) {
    return new Configuration(inputs, other);
  }

  private Optional<Configuration> withConstant(int direction) {
    return inputs.withConstant(direction).map(changed -> new Configuration(changed, form));
  }
}
