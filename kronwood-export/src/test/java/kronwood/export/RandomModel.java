package kronwood.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;
import kronwood.gram.FactorFit;
import kronwood.gram.GramOptions;
import kronwood.input.InputForm;
import kronwood.input.PairComparison;
import kronwood.input.PairStructure;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.loss.Task;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.SettingWeights;

/** A model of any kind with fitted tables and random weights. */
final class RandomModel {
  private static final int ENTITIES = 9;

  /** The last two occur in no training sample. */
  private static final int[] TRAINING = IntStream.range(0, ENTITIES - 2).toArray();

  private final Random random;
  private final Map<String, ModelTable> tables = new LinkedHashMap<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Integer> tableOfMode = new ArrayList<>();
  private PairStructure structure = PairStructure.PLAIN;
  private GramOptions gram = GramOptions.DEFAULT;
  private Loss loss = new SquaredLoss();
  private int outputs = 1;
  private int members = 1;
  private boolean linear;
  private boolean settings;

  RandomModel(long seed) {
    this.random = new Random(seed);
  }

  RandomModel structure(PairStructure other) {
    structure = other;
    return this;
  }

  RandomModel gram(GramOptions other) {
    gram = other;
    return this;
  }

  RandomModel loss(Loss other, int otherOutputs) {
    loss = other;
    outputs = otherOutputs;
    return this;
  }

  RandomModel members(int other) {
    members = other;
    return this;
  }

  RandomModel linear() {
    linear = true;
    return this;
  }

  RandomModel settings() {
    settings = true;
    return this;
  }

  /** Adds a mode of a table of features, which is made at its first mode. */
  RandomModel features(String mode, String table, int columns) {
    return mode(mode, table, features(ENTITIES, columns));
  }

  /** Adds a mode of a table of similarities. */
  RandomModel similarities(String mode, String table) {
    return mode(mode, table, similarities());
  }

  /** Adds a mode of a table that is compared in several ways. */
  RandomModel blocks(String mode, String table) {
    List<Block> blocks =
        List.of(
            new Block.OfFeatures("lin", 1, FeatureKernel.LINEAR, features(ENTITIES, 3)),
            new Block.OfFeatures("cos", 0.5, FeatureKernel.COSINE, features(ENTITIES, 4)),
            new Block.OfIdentity(0.3, ENTITIES, IntStream.range(0, ENTITIES).toArray()),
            new Block.OfFeatures("gauss", 2, FeatureKernel.gaussian(0.7), features(ENTITIES, 2)),
            new Block.OfSimilarities("sim", 1, similarities()));
    return mode(mode, table, new Blocks(blocks));
  }

  private RandomModel mode(String mode, String table, Attributes attributes) {
    if (!tables.containsKey(table)) {
      List<String> ids = IntStream.range(0, ENTITIES).mapToObj(e -> table + "-" + e).toList();
      EntityTable entities = EntityTable.of(table, EntityIds.of(ids), attributes);
      tables.put(table, ModelTable.of(entities, FactorFit.of(entities, TRAINING, gram)));
    }
    modes.add(mode);
    tableOfMode.add(List.copyOf(tables.keySet()).indexOf(table));
    return this;
  }

  private DenseFeatures features(int entities, int columns) {
    return DenseFeatures.of(entities, columns, floats(entities * columns, 1));
  }

  private Similarities similarities() {
    float[] rows = floats(ENTITIES * 4, 1);
    float[] matrix = new float[ENTITIES * ENTITIES];
    for (int i = 0; i < matrix.length; i++) {
      for (int c = 0; c < 4; c++) {
        matrix[i] += rows[i / ENTITIES * 4 + c] * rows[i % ENTITIES * 4 + c];
      }
    }
    return Similarities.square(ENTITIES, matrix);
  }

  private float[] floats(int count, double scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  Model model() {
    List<ModelTable> all = List.copyOf(tables.values());
    int[] tableNumbers = tableOfMode.stream().mapToInt(t -> t).toArray();
    InputForm form = form(all, tableNumbers);
    int[] ranks = form.ranks(all.stream().map(t -> t.map().rank()).toList(), tableNumbers);
    int dimension = Arrays.stream(ranks).reduce(1, (a, b) -> a * b);
    int neurons = 12 * members;
    float[][] weights = rows(neurons, dimension, 1);
    float[][] linearWeights = rows(linear ? members * outputs : 0, dimension, 0.3);
    ModelNetwork network =
        new ModelNetwork(0.4, weights, floats(outputs * neurons, 1), linearWeights, members);
    return new Model(
        modes,
        tableNumbers,
        all,
        form,
        network,
        target(),
        new Provenance(Map.of(), Map.of()),
        settings ? settings(dimension) : List.of());
  }

  private float[][] rows(int count, int length, double scale) {
    float[][] rows = new float[count][];
    Arrays.setAll(rows, _ -> floats(length, scale));
    return rows;
  }

  private InputForm form(List<ModelTable> all, int[] tableNumbers) {
    return switch (structure) {
      case PLAIN -> InputForm.PLAIN;
      case CARTESIAN -> new InputForm(structure, 0.7, all.stream().map(_ -> TRAINING).toList());
      case COMPARISON -> {
        // All but the last coordinate are compared by themselves.
        int rank = all.get(tableNumbers[0]).map().rank();
        double[] mean = new double[2 * rank - 1];
        double[] scale = new double[mean.length];
        Arrays.setAll(mean, _ -> 0.1 * random.nextGaussian());
        Arrays.setAll(scale, _ -> random.nextDouble());
        yield InputForm.of(new PairComparison(mean, scale, 0.7));
      }
      default -> new InputForm(structure, 0.7, List.of());
    };
  }

  private ModelTarget target() {
    List<String> names = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    double[] offset = new double[members * outputs];
    double[] scale = new double[offset.length];
    Arrays.fill(scale, 1);
    if (loss.task() == Task.REGRESSION) {
      IntStream.range(0, outputs).forEach(c -> names.add("target " + c));
      Arrays.setAll(offset, _ -> random.nextGaussian());
      Arrays.setAll(scale, _ -> 1 + random.nextDouble());
    } else {
      names.add("class");
      IntStream.range(0, Math.max(2, outputs)).forEach(c -> classes.add("\"" + c + "\""));
    }
    List<SpreadCalibration> calibration = new ArrayList<>();
    if (members > 1 && loss.task() == Task.REGRESSION) {
      IntStream.range(0, outputs).forEach(c -> calibration.add(new SpreadCalibration(1 + c, 0.2)));
    }
    return new ModelTarget(loss, names, classes, offset, scale, calibration);
  }

  private List<SettingWeights> settings(int dimension) {
    List<SettingWeights> all = new ArrayList<>();
    for (int newModes = 0; newModes < 1 << modes.size(); newModes++) {
      double[] offset = new double[outputs];
      Arrays.setAll(offset, _ -> random.nextGaussian());
      float[][] tensors = newModes % 2 == 0 ? rows(outputs, dimension, 0.3) : new float[0][];
      SettingWeights weights = new SettingWeights(newModes, random.nextDouble(), tensors, offset);
      // Of some settings only: the others have the model's calibration.
      boolean own = members > 1 && loss.task() == Task.REGRESSION && newModes > 0;
      int setting = newModes;
      all.add(
          own
              ? weights.withSpread(
                  IntStream.range(0, outputs)
                      .mapToObj(c -> new SpreadCalibration(2 + c + setting, 0.3 * setting))
                      .toList())
              : weights);
    }
    return all;
  }
}
