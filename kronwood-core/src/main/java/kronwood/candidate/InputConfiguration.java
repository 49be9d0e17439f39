package kronwood.candidate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.gram.GramOptions;

/**
 * A candidate for the inputs: the form of each table, and the constant by which main effects are
 * learned beside interactions.
 *
 * @param constant constant added to each table's similarities
 * @param tables form of each of the data set's tables
 * @param components by name of the table, how many principal components are kept, besides what the
 *     options say
 */
public record InputConfiguration(
    double constant, List<TableForm> tables, Map<String, Integer> components) {
  /**
   * Tables with more entities are compared as they were given, as other forms take n × n numbers;
   * and so are those reduced to principal components or compared with each other.
   */
  private static final int MOST_ENTITIES = 5000;

  private static final double FACTOR = 3;
  private static final double SMALLEST_CONSTANT = 1.0 / 9;
  private static final double LARGEST_CONSTANT = 9;

  public InputConfiguration {
    tables = List.copyOf(tables);
    components = Collections.unmodifiableMap(new TreeMap<>(components));
  }

  /** With the components that the options say. */
  public InputConfiguration(double constant, List<TableForm> tables) {
    this(constant, tables, Map.of());
  }

  /** As it was given. */
  public static InputConfiguration of(Dataset data, GramOptions gram) {
    return new InputConfiguration(
        gram.constant(), data.tables().stream().map(TableForm::of).toList());
  }

  public Dataset apply(Dataset data) {
    List<EntityTable> given = data.tables();
    List<EntityTable> made = new ArrayList<>();
    for (int t = 0; t < given.size(); t++) {
      made.add(tables.get(t).apply(given.get(t)));
    }
    return DivisionInputs.withTables(data, made);
  }

  public ModelOptions apply(ModelOptions options) {
    GramOptions gram = options.gram();
    Map<String, Integer> all = new TreeMap<>(gram.components());
    all.putAll(components);
    return options.withGram(gram.withConstant(constant).withComponents(all));
  }

  private InputConfiguration with(int table, TableForm form) {
    List<TableForm> changed = new ArrayList<>(tables);
    changed.set(table, form);
    return new InputConfiguration(constant, changed, components);
  }

  /** Other numbers of components. */
  public InputConfiguration withComponents(Map<String, Integer> other) {
    return new InputConfiguration(constant, tables, other);
  }

  /** Another constant, larger or smaller. */
  public Optional<InputConfiguration> withConstant(int direction) {
    double changed = constant * (direction > 0 ? FACTOR : 1 / FACTOR);
    return changed >= 0.99 * SMALLEST_CONSTANT && changed <= 1.01 * LARGEST_CONSTANT && constant > 0
        ? Optional.of(new InputConfiguration(changed, tables, components))
        : Optional.empty();
  }

  /** The coordinates of the search, most promising first. */
  public static List<CoordinateSearch.Coordinate<InputConfiguration>> coordinates(
      Dataset data, Split split, Setting setting, ModelOptions options) {
    List<CoordinateSearch.Coordinate<InputConfiguration>> coordinates = new ArrayList<>();
    List<EntityTable> tables = data.tables();
    int[] tableOfMode = data.tableOfMode();
    for (int t = 0; t < tables.size(); t++) {
      if (isOpen(data, t, options) && isTold(data, split, setting, tableOfMode, t)) {
        coordinates.add(ofTable(t, TableForm::withIdentity));
      }
    }
    for (int t = 0; t < tables.size(); t++) {
      int blocks = TableForm.of(tables.get(t)).weights().size();
      for (int b = 0; b < blocks && isOpen(data, t, options); b++) {
        int block = b;
        if (TableForm.isLinear(tables.get(t), b)) {
          coordinates.add(ofTable(t, (form, direction) -> form.withGaussian(block, direction)));
        }
        coordinates.add(ofTable(t, (form, direction) -> form.withWidth(block, direction)));
        if (blocks > 1) {
          coordinates.add(ofTable(t, (form, direction) -> form.withWeight(block, direction)));
        }
      }
    }
    return coordinates;
  }

  /** Whether a table may be compared in another form. */
  static boolean isOpen(Dataset data, int table, ModelOptions options) {
    EntityTable of = data.tables().get(table);
    return of.size() <= MOST_ENTITIES
        && !options.gram().components().containsKey(of.name())
        && !options.structure().compares(data.tableOfMode(), table);
  }

  private static CoordinateSearch.Coordinate<InputConfiguration> ofTable(
      int table, BiFunction<TableForm, Integer, Optional<TableForm>> step) {
    return (form, direction) ->
        step.apply(form.tables.get(table), direction).map(changed -> form.with(table, changed));
  }

  /**
   * Whether an identity can help: entities of the table occur more than once, and those to be
   * predicted for were seen in training.
   */
  private static boolean isTold(
      Dataset data, Split split, Setting setting, int[] tableOfMode, int table) {
    boolean seen = false;
    Set<Integer> different = new HashSet<>();
    int modes = 0;
    for (int k = 0; k < tableOfMode.length; k++) {
      if (tableOfMode[k] == table) {
        modes++;
        seen |= !setting.isNew(k);
        for (int sample : split.train()) {
          different.add(data.samples().tuples().entity(sample, k));
        }
      }
    }
    return seen && 2L * different.size() <= (long) modes * split.train().length;
  }

  /** For people: what differs from the data as they were given. */
  public String describe(Dataset data, GramOptions gram) {
    List<String> differences = new ArrayList<>();
    List<EntityTable> given = data.tables();
    for (int t = 0; t < given.size(); t++) {
      String difference = tables.get(t).describe(given.get(t));
      if (!difference.isEmpty()) {
        differences.add(difference);
      }
    }
    components.forEach((table, count) -> differences.add(table + " components " + count));
    if (constant != gram.constant()) {
      differences.add("constant " + Numbers.text(constant));
    }
    return differences.isEmpty() ? "as given" : String.join(", ", differences);
  }
}
