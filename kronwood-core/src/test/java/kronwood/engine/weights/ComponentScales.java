package kronwood.engine.weights;

import java.util.List;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.state.NeuronStates;
import kronwood.state.Representation;
import kronwood.state.StateLayout;

/** The components of one neuron's weights, whose scales a test of the engine moves itself. */
public final class ComponentScales {
  private final WeightComponent[] components;

  public ComponentScales(int parts, StructuredInputs inputs, Parallel parallel) {
    StateLayout layout = new StateLayout(false, List.of(Representation.COEFFICIENT));
    components = new WeightComponent[parts];
    for (int part = 0; part < parts; part++) {
      components[part] =
          new WeightComponent(
              part,
              new NeuronStates(inputs, layout, 1, Precision.DOUBLE, parallel),
              Precision.DOUBLE);
    }
  }

  public PartScale[] parts() {
    return components;
  }

  public int count() {
    return components.length;
  }

  public double of(int part) {
    return components[part].scale();
  }

  /** The present scales are those of the refresh. */
  public void begin() {
    for (WeightComponent component : components) {
      component.begin();
    }
  }

  public void decay(int part, double rate) {
    components[part].decay(rate);
  }

  public void fold(int part) {
    components[part].fold();
  }
}
