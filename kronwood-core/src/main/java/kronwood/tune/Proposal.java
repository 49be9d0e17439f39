package kronwood.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kronwood.candidate.CoordinateSearch;
import kronwood.candidate.InputChoice;
import kronwood.candidate.NetworkForm;

/**
 * Inputs and a training that are tried together.
 *
 * @param inputs form of the inputs
 * @param form how the network is trained
 */
record Proposal(InputChoice inputs, NetworkForm form) {
  /** The ways in which proposals may differ. */
  static List<CoordinateSearch.Coordinate<Proposal>> coordinates() {
    List<CoordinateSearch.Coordinate<Proposal>> coordinates = new ArrayList<>();
    for (CoordinateSearch.Coordinate<NetworkForm> one : NetworkForm.coordinates()) {
      coordinates.add(
          (from, direction) ->
              one.step(from.form, direction).map(form -> new Proposal(from.inputs, form)));
    }
    coordinates.add(Proposal::withConstant);
    return coordinates;
  }

  Proposal withForm(NetworkForm other) {
    return new Proposal(inputs, other);
  }

  private Optional<Proposal> withConstant(int direction) {
    return inputs.withConstant(direction).map(changed -> new Proposal(changed, form));
  }
}
