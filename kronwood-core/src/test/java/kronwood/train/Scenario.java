package kronwood.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityTuples;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.engine.DenseEngine;
import kronwood.engine.Engine;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityCoordinates;
import kronwood.input.InputForm;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.loss.EncodedTargets;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.Activation;
import kronwood.network.Ensemble;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;
import kronwood.plan.EngineChoice;
import kronwood.plan.EnginePlan;
import kronwood.testing.Problems;

/** What is special about a training; the rest is ordinary, and the numbers are drawn at random. */
public final class Scenario {
  /** Where a table's coordinates come from. */
  public enum Kind {
    FEATURES,
    MANY_FEATURES,
    SPARSE,
    MANY_SPARSE,
    SIMILARITIES,
    INDEFINITE,
    /** Sparse coordinates of entities that are told apart by who they are. */
    IDENTITY
  }

  private Kind[] kinds = {Kind.FEATURES, Kind.FEATURES};
  private int[] tableOfMode = {0, 1};
  private PairStructure structure = PairStructure.PLAIN;
  private Loss loss = new SquaredLoss();
  private int outputs = 1;
  private int samples = 40;
  private int training = 30;
  private int batch = 4;
  private int neurons = 16;
  private boolean paired = true;
  private boolean trainOutput;
  private boolean weighted;
  private boolean sameEntity;
  private double decayedShare;
  private double momentum;
  private double skip;
  private boolean linearStart;
  private int members = 1;
  private boolean validated = true;

  public Scenario tables(Kind... tables) {
    kinds = tables;
    return this;
  }

  public Scenario modes(int... tables) {
    tableOfMode = tables;
    return this;
  }

  public Scenario structure(PairStructure wanted) {
    structure = wanted;
    return this;
  }

  public Scenario loss(Loss minimised, int count) {
    loss = minimised;
    outputs = count;
    return this;
  }

  public Scenario samples(int all, int trained) {
    samples = all;
    training = trained;
    return this;
  }

  public Scenario batch(int size) {
    batch = size;
    return this;
  }

  public Scenario neurons(int width, boolean inPairs) {
    neurons = width;
    paired = inPairs;
    return this;
  }

  public Scenario trainOutput() {
    trainOutput = true;
    return this;
  }

  public Scenario weighted() {
    weighted = true;
    return this;
  }

  /** Every sample has one entity in all modes. */
  public Scenario sameEntity() {
    sameEntity = true;
    return this;
  }

  /** By which share a step moves the weights towards their start, {@code η λ}. */
  public Scenario decay(double share) {
    decayedShare = share;
    return this;
  }

  /** Momentum μ; the step size is smaller by as much as it makes steps longer. */
  public Scenario momentum(double mu) {
    momentum = mu;
    return this;
  }

  /** A linear skip of that weight that starts from zero. */
  public Scenario skip(double weight) {
    skip = weight;
    return this;
  }

  /** The linear skip starts from random coefficients. */
  public Scenario linearStart() {
    linearStart = true;
    return this;
  }

  /** An ensemble, from whose members samples are hidden, as there is no validation. */
  public Scenario ensemble(int size) {
    members = size;
    validated = false;
    return this;
  }

  /** An ensemble whose members train on all training samples. */
  Scenario validatedEnsemble(int size) {
    members = size;
    return this;
  }

  /** A problem to train on, with a step size that suits it. */
  public record Training(
      TrainingProblem problem,
      NetworkOptions network,
      int batch,
      double learningRate,
      double decay,
      double momentum,
      boolean linearStart) {

    public Training(
        TrainingProblem problem,
        NetworkOptions network,
        int batch,
        double learningRate,
        double decay) {
      this(problem, network, batch, learningRate, decay, 0, false);
    }

    public TrainingOptions options(EngineChoice engine, int epochs, int threads) {
      return TrainingOptions.plain(
              batch, epochs, OptionalDouble.of(learningRate), decay, engine, threads)
          .withPrecision(Precision.DOUBLE)
          .withMomentum(momentum);
    }

    /** Share of the weights that a step keeps. */
    double keep() {
      return 1 - learningRate * decay;
    }

    /** All engines that can train it, the dense one first. */
    public List<Engine> engines(Parallel parallel) {
      return engines(Precision.DOUBLE, parallel);
    }

    /** The same, block engines in that precision. */
    public List<Engine> engines(Precision precision, Parallel parallel) {
      List<Engine> engines = new ArrayList<>();
      TrainingOptions options = options(EngineChoice.AUTO, 1, 1).withPrecision(precision);
      InitialWeights initial = initial();
      List<EnginePlan> plans =
          new ArrayList<>(EnginePlan.all(problem.inputs(), network, options.workload()));
      if (problem.inputs().isSparse()) {
        // Other engines take sparse inputs where they are asked for by name.
        for (EngineChoice other :
            List.of(EngineChoice.DENSE, EngineChoice.BLOCK, EngineChoice.EAGER)) {
          TrainingOptions named = options(other, 1, 1).withPrecision(precision);
          plans.addAll(EnginePlan.all(problem.inputs(), network, named.workload()));
        }
      }
      for (EnginePlan plan : plans) {
        Engine engine =
            plan.start(problem.inputs(), initial, options.workload(), Exchange.NONE, parallel);
        engines.add(engine instanceof DenseEngine ? 0 : engines.size(), engine);
      }
      return engines;
    }

    InitialWeights initial() {
      int outputs = targets().outputs();
      double[][] start = new double[outputs * network.ensemble().members()][0];
      Random random = new Random(network.seed());
      for (int c = 0; linearStart && c < start.length; c++) {
        start[c] = Problems.gaussian(random, problem.samples().size());
        for (int i = 0; i < start[c].length; i++) {
          start[c][i] *= random.nextInt(3) == 0 ? 0 : 0.1;
        }
      }
      return new InitialWeights(
          network, outputs, start, NeuronRange.of(network), problem.inputs().isSparse());
    }

    EncodedTargets targets() {
      return losses().targets();
    }

    MemberLosses losses() {
      return new MemberLosses(problem, network, HiddenSamples.of(problem, network));
    }

    Activation activation() {
      return Activation.of(problem.inputs().structure());
    }
  }

  public Training draw(Random random) {
    int[] entities = new int[kinds.length];
    Arrays.setAll(entities, t -> 5 + random.nextInt(8));
    EntityTuples tuples = tuples(random, entities);
    Split split = split(random);
    List<FactorTable> factors = new ArrayList<>();
    for (int t = 0; t < kinds.length; t++) {
      factors.add(coordinates(kinds[t], entities[t], t, tuples, split, random));
    }
    Samples drawn = Samples.weighted(tuples, targets(random), weights(random, split));
    InputForm form =
        InputForm.fit(
            structure,
            factors,
            tableOfMode,
            tuples.select(split.train()),
            known(tuples, split),
            GramOptions.DEFAULT);
    StructuredInputs inputs = StructuredInputs.of(factors, tableOfMode, tuples, form);
    TrainingProblem problem = new TrainingProblem(inputs, drawn, split, loss);
    double shift = 0.3 + 0.7 * random.nextDouble();
    NetworkOptions network =
        new NetworkOptions(
            neurons, shift, paired, trainOutput, skip, Ensemble.of(members), random.nextLong());
    double learningRate = 0.3 * automaticStep(problem, network) * (1 - momentum);
    return new Training(
        problem, network, batch, learningRate, decayedShare / learningRate, momentum, linearStart);
  }

  private double automaticStep(TrainingProblem problem, NetworkOptions network) {
    TrainingOptions options =
        TrainingOptions.plain(batch, 0, OptionalDouble.empty(), 0, EngineChoice.DENSE, 1);
    return Trainer.train(problem, network, options, 1e9, TrainingListener.NONE)
        .course()
        .learningRate();
  }

  private EntityTuples tuples(Random random, int[] entities) {
    int modes = tableOfMode.length;
    int[] tuples = new int[samples * modes];
    for (int i = 0; i < tuples.length; i++) {
      boolean repeat = sameEntity && i % modes > 0;
      tuples[i] = repeat ? tuples[i - 1] : random.nextInt(entities[tableOfMode[i % modes]]);
    }
    return EntityTuples.of(modes, tuples);
  }

  private Split split(Random random) {
    int[] order = Problems.range(0, samples);
    for (int i = samples - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int sample = order[i];
      order[i] = order[other];
      order[other] = sample;
    }
    int middle = validated ? (training + samples) / 2 : training;
    return new Split(
        Arrays.copyOf(order, training),
        Arrays.copyOfRange(order, training, middle),
        Arrays.copyOfRange(order, middle, samples));
  }

  private List<int[]> known(EntityTuples tuples, Split split) {
    List<int[]> known = new ArrayList<>();
    for (int t = 0; t < kinds.length; t++) {
      known.add(known(t, tuples, split));
    }
    return known;
  }

  private int[] known(int table, EntityTuples tuples, Split split) {
    boolean[] trains = new boolean[100];
    for (int i : split.train()) {
      for (int k = 0; k < tableOfMode.length; k++) {
        if (tableOfMode[k] == table) {
          trains[tuples.entity(i, k)] = true;
        }
      }
    }
    return Arrays.stream(Problems.range(0, trains.length))
        .filter(entity -> trains[entity])
        .toArray();
  }

  private FactorTable coordinates(
      Kind kind, int entities, int table, EntityTuples tuples, Split split, Random random) {
    Attributes attributes =
        switch (kind) {
          case FEATURES -> Problems.denseFeatures(random, entities, 3);
          case MANY_FEATURES -> Problems.denseFeatures(random, entities, 40);
          case SPARSE -> Problems.sparseFeatures(random, entities, 4, 0.6);
          case MANY_SPARSE -> Problems.sparseFeatures(random, entities, 50, 0.2);
          case SIMILARITIES -> Problems.similarities(random, entities, 4);
          case INDEFINITE -> Problems.indefiniteSimilarities(random, entities);
          case IDENTITY -> new Blocks(List.of(Block.OfIdentity.among(entities, 1)));
        };
    int[] fitted = known(table, tuples, split);
    GramOptions sparse = GramOptions.DEFAULT.withIdentities(IdentityCoordinates.SPARSE);
    return FactorFit.of(Problems.table("t" + table, attributes), fitted, sparse).table();
  }

  private Targets targets(Random random) {
    return switch (loss.task()) {
      case REGRESSION -> Problems.realTargets(random, samples, outputs);
      case BINARY -> Problems.classTargets(random, samples, 2);
      case MULTICLASS -> Problems.classTargets(random, samples, outputs);
    };
  }

  /** Weights of which some are 0, but not all of a part. */
  private float[] weights(Random random, Split split) {
    float[] weights = new float[samples];
    Arrays.fill(weights, 1);
    if (weighted) {
      for (int i = 0; i < samples; i++) {
        weights[i] = random.nextInt(4) == 0 ? 0 : 2 * random.nextFloat();
      }
      for (int[] part : new int[][] {split.train(), split.validation(), split.test()}) {
        if (part.length > 0) {
          weights[part[0]] = 1;
        }
      }
    }
    return weights;
  }
}
