package kronwood.engine.weights;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.network.InitialWeights;
import kronwood.state.CoefficientLog;
import kronwood.state.NeuronStates;
import kronwood.state.StateLayout;
import kronwood.state.StateVisitor;

/**
 * Weights of which no more is kept than training asks for: the initial inner products with all
 * samples, the changes as {@link NeuronStates} in any layout, and the coefficients of all samples,
 * from which weights are formed in the end.
 */
public final class ExpandedBlockWeights implements BlockWeights {
  private final StructuredInputs inputs;
  private final int units;
  private final int stride;
  private final Precision precision;
  private final Parallel parallel;
  private final WeightComponent[] components;
  private final ExpandedWeights weights;
  private final InitialProducts initial;
  private int[] block = new int[0];

  public ExpandedBlockWeights(
      StructuredInputs inputs,
      InitialWeights initialWeights,
      UpdateRule rule,
      StateLayout layout,
      Precision precision,
      Parallel parallel) {
    this.inputs = inputs;
    this.units = initialWeights.units();
    this.stride = NeuronStates.stride(units);
    this.precision = precision;
    this.parallel = parallel;
    this.components = new WeightComponent[rule.parts()];
    for (int part = 0; part < components.length; part++) {
      NeuronStates states = new NeuronStates(inputs, layout, units, precision, parallel);
      components[part] = new WeightComponent(part, states, precision);
    }
    this.weights = new ExpandedWeights(inputs, initialWeights, rule.parts(), precision);
    this.initial = new InitialProducts(initialWeights, weights, inputs.size(), precision, parallel);
  }

  @Override
  public PartScale[] parts() {
    return components;
  }

  @Override
  public void refresh(CoefficientLog log, int[] logged, int[] next) {
    for (WeightComponent component : components) {
      component.refresh(log, logged, next, stride);
    }
  }

  @Override
  public void absorb(CoefficientLog log, int[] logged) {
    for (WeightComponent component : components) {
      component.absorb(log, logged);
    }
  }

  @Override
  public void begin(int[] samples) {
    block = samples;
    for (WeightComponent component : components) {
      component.begin();
    }
  }

  @Override
  public void copy(int position, RealArray out, int from) {
    initial.copy(block[position], out, from);
    for (WeightComponent component : components) {
      component.addTo(out, from, units);
    }
  }

  @Override
  public double get(int position, int unit) {
    double z = initial.get(block[position], unit);
    for (WeightComponent component : components) {
      z += component.scale() * component.read(position * stride + unit);
    }
    return z;
  }

  @Override
  public double alongState(int position, int unit) {
    return components[0].read(position * stride + unit);
  }

  @Override
  public double alongLog(int position, int unit, double z, double scale) {
    double change = (z - initial.get(block[position], unit)) / scale;
    return change - alongState(position, unit);
  }

  @Override
  public void begin(int part, int sample) {
    weights.begin(part, sample);
  }

  @Override
  public void add(int part, int unit, int sample, double c) {
    weights.add(part, unit, sample, c);
  }

  @Override
  public void fold(int part) {
    weights.scale(part, components[part].scale());
    components[part].fold();
  }

  @Override
  public void weights(int unit, double[] tensor) {
    weights.form(unit, weights.coefficients(unit, scales()), tensor);
  }

  @Override
  public void weights(int from, int to, float[][] tensors) {
    weights.form(from, to, scales(), tensors);
  }

  @Override
  public boolean areWithoutLog() {
    return false;
  }

  private double[] scales() {
    return Arrays.stream(components).mapToDouble(WeightComponent::scale).toArray();
  }

  @Override
  public WeightRecord newRecord(Runnable settle) {
    return new ExpansionRecord(weights, this::scales, inputs.size(), units, precision, parallel);
  }

  @Override
  public void restore(WeightRecord record, CoefficientLog log, int size) {
    weights.clear();
    for (WeightComponent component : components) {
      component.clear();
    }
    ExpansionRecord expansion = (ExpansionRecord) record;
    int samples = inputs.size();
    for (int from = 0; from < samples; from += size) {
      int[] chunk = new int[Math.min(samples, from + size) - from];
      for (int p = 0; p < chunk.length; p++) {
        chunk[p] = from + p;
        restore(expansion, from + p, p, log);
      }
      components[0].absorb(log, chunk);
      log.clear();
    }
  }

  private void restore(ExpansionRecord record, int sample, int position, CoefficientLog log) {
    RealArray row = record.coefficients(sample);
    if (row == null) {
      return;
    }
    weights.begin(0, sample);
    double[] c = new double[components.length];
    for (int r = 0; r < units; r++) {
      c[0] = row.get(r);
      if (c[0] != 0) {
        weights.add(0, r, sample, c[0]);
        log.add(r, position, c);
      }
    }
  }

  /** Leaves the states as they are, which only queries need. */
  @Override
  public void restoreToRead(WeightRecord record) {
    weights.clear();
    ExpansionRecord expansion = (ExpansionRecord) record;
    for (int sample = 0; sample < inputs.size(); sample++) {
      RealArray row = expansion.coefficients(sample);
      if (row != null) {
        weights.begin(0, sample);
        for (int r = 0; r < units; r++) {
          double c = row.get(r);
          if (c != 0) {
            weights.add(0, r, sample, c);
          }
        }
      }
    }
  }

  @Override
  public void visit(StateVisitor visitor) {
    for (WeightComponent component : components) {
      component.visit(visitor);
    }
    weights.visit(visitor);
  }

  @Override
  public void release() {
    for (WeightComponent component : components) {
      component.release();
    }
    initial.release();
  }
}
