package kronwood.model.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import kronwood.gram.BlocksMap;
import kronwood.gram.ComponentMap;
import kronwood.input.InputForm;
import kronwood.input.PairComparison;
import kronwood.input.PairStructure;
import kronwood.json.Json;
import kronwood.json.JsonValue;
import kronwood.loss.HuberLoss;
import kronwood.loss.Loss;
import kronwood.model.Model;
import kronwood.model.ModelMagnitude;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsType;
import kronwood.safetensors.SafetensorsWriter;

/** A model as tensors and, for all that is no tensor, one JSON object among the metadata. */
final class ModelFileContent {
  /** Metadata key of the JSON object. */
  static final String KEY = "kronwood";

  /** Of the model for new entities: its JSON object, and what its tensors begin with. */
  private static final String OTHERS = "others";

  private static final String OTHERS_PREFIX = "others.";

  private static final String COMPARED_MEAN = "comparison.mean";
  private static final String COMPARED_SCALE = "comparison.scale";

  private ModelFileContent() {}

  /** The oldest format version that holds a model. */
  static int version(Model model) {
    Model others = model.others();
    if (ModelFileSettings.hasSpread(model)
        || (others != null && ModelFileSettings.hasSpread(others))) {
      return 9;
    }
    if (model.network().entries() != null) {
      return 8;
    }
    if (model.others() != null || model.tables().stream().anyMatch(ModelTable::hasProfile)) {
      return 7;
    }
    if (!model.settings().isEmpty()) {
      return 6;
    }
    boolean classes = !model.target().classes().isEmpty();
    if (classes && !model.target().isIdentity()) {
      return 5;
    }
    if (model.form().structure() == PairStructure.COMPARISON) {
      return 4;
    }
    boolean components =
        model.tables().stream().anyMatch(table -> table.map() instanceof ComponentMap);
    if (components || model.form().structure() != PairStructure.PLAIN) {
      return 3;
    }
    boolean blocks = model.tables().stream().anyMatch(table -> table.map() instanceof BlocksMap);
    if (model.network().members() > 1) {
      return 3;
    }
    return blocks || model.network().hasLinear() ? 2 : 1;
  }

  static void write(SafetensorsWriter file, Model model) {
    file.metadata(KEY, Json.write(json(file, model)));
  }

  /** Adds the tensors, and returns what else there is to say. */
  private static Map<String, Object> json(SafetensorsWriter file, Model model) {
    List<Object> modes = new ArrayList<>();
    for (int k = 0; k < model.tableOfMode().length; k++) {
      Map<String, Object> mode = new LinkedHashMap<>();
      mode.put("name", model.modeNames().get(k));
      mode.put("table", (long) model.tableOfMode()[k]);
      modes.add(mode);
    }
    List<Object> tables = new ArrayList<>();
    for (int t = 0; t < model.tables().size(); t++) {
      tables.add(ModelFileTable.write(file, t, model.tables().get(t)));
    }
    ModelFileNetwork.write(file, model);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("modes", modes);
    json.put("tables", tables);
    if (model.form().structure() != PairStructure.PLAIN) {
      json.put("structure", writeForm(file, model));
    }
    json.put("shift", JsonValue.ofReal(model.network().shift()));
    if (model.network().members() > 1) {
      json.put("ensemble", writeEnsemble(model));
    }
    json.put("target", writeTarget(file, model.target()));
    if (!model.settings().isEmpty()) {
      json.put("settings", ModelFileSettings.write(file, model));
    }
    json.put("provenance", writeProvenance(model.provenance()));
    Model others = model.others();
    if (others != null) {
      json.put(OTHERS, json(file.within(OTHERS_PREFIX), others));
    }
    return json;
  }

  /**
   * Reads a model.
   *
   * @throws InputException if something is missing or does not fit
   */
  static Model read(SafetensorsReader file) throws IOException {
    String text = file.metadata().get(KEY);
    if (text == null) {
      throw new InputException("its metadata have no '" + KEY + "'");
    }
    JsonValue json = JsonValue.read(KEY, text);
    Model model = read(file, json);
    return json.keys().contains(OTHERS)
        ? model.withOthers(read(file.within(OTHERS_PREFIX), json.at(OTHERS)))
        : model;
  }

  private static Model read(SafetensorsReader file, JsonValue json) throws IOException {
    List<ModelTable> tables = new ArrayList<>();
    for (JsonValue table : json.at("tables").items()) {
      tables.add(ModelFileTable.read(file, tables.size(), table));
    }
    List<JsonValue> modes = json.at("modes").items();
    if (modes.isEmpty()) {
      throw new InputException("it has no modes");
    }
    List<String> names = new ArrayList<>();
    int[] tableOfMode = new int[modes.size()];
    for (int k = 0; k < tableOfMode.length; k++) {
      names.add(modes.get(k).at("name").text());
      tableOfMode[k] = Math.toIntExact(modes.get(k).at("table").count());
      if (tableOfMode[k] >= tables.size()) {
        throw new InputException(
            "mode '" + names.get(k) + "' has table " + tableOfMode[k] + " of " + tables.size());
      }
    }
    int members = json.keys().contains("ensemble") ? readMembers(json.at("ensemble")) : 1;
    ModelTarget target = readTarget(file, json, members);
    InputForm form = readForm(file, json, tables);
    int[] ranks = Model.ranks(tables, tableOfMode, form);
    ModelNetwork network =
        ModelFileNetwork.read(
            file,
            tables.stream().allMatch(ModelTable::isSparse),
            json.at("shift").finite(),
            ranks,
            target.outputs(),
            members);
    Model model =
        new Model(
            names,
            tableOfMode,
            tables,
            form,
            network,
            target,
            readProvenance(json.at("provenance")),
            ModelFileSettings.read(file, json, ranks, target.outputs()),
            null);
    ModelMagnitude.check(model);
    return model;
  }

  private static Map<String, Object> writeForm(SafetensorsWriter file, Model model) {
    InputForm form = model.form();
    for (int t = 0; t < form.known().size(); t++) {
      int[] known = form.known().get(t);
      if (model.tables().get(t).training() == null) {
        file.add(
            SafetensorsType.I32, ModelFileTable.training(t), out -> out.write(known), known.length);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", form.structure().key());
    PairComparison comparison = form.comparison();
    if (comparison == null) {
      json.put("scale", JsonValue.ofReal(form.scale()));
    } else {
      writeNumbers(file, COMPARED_MEAN, comparison.mean());
      writeNumbers(file, COMPARED_SCALE, comparison.scale());
      json.put("constant", JsonValue.ofReal(comparison.constant()));
    }
    return json;
  }

  private static void writeNumbers(SafetensorsWriter file, String name, double[] numbers) {
    file.add(SafetensorsType.F64, name, out -> out.write(numbers), numbers.length);
  }

  private static InputForm readForm(SafetensorsReader file, JsonValue json, List<ModelTable> tables)
      throws IOException {
    if (!json.keys().contains("structure")) {
      return InputForm.PLAIN;
    }
    JsonValue form = json.at("structure");
    PairStructure structure = PairStructure.of(form.at("kind").text());
    if (structure == PairStructure.COMPARISON) {
      double[] mean = file.doubles(COMPARED_MEAN, SafetensorsReader.ANY);
      double[] scale = file.doubles(COMPARED_SCALE, mean.length);
      return InputForm.of(new PairComparison(mean, scale, form.at("constant").finite()));
    }
    List<int[]> known = new ArrayList<>();
    for (int t = 0; structure == PairStructure.CARTESIAN && t < tables.size(); t++) {
      known.add(file.ints(ModelFileTable.training(t), SafetensorsReader.ANY));
    }
    return new InputForm(structure, form.at("scale").finite(), known);
  }

  private static Map<String, Object> writeTarget(SafetensorsWriter file, ModelTarget target) {
    file.add(
        SafetensorsType.F64,
        "target.offset",
        out -> out.write(target.offset()),
        target.offset().length);
    file.add(
        SafetensorsType.F64,
        "target.scale",
        out -> out.write(target.scale()),
        target.scale().length);
    Map<String, Object> loss = new LinkedHashMap<>();
    loss.put("key", target.loss().key());
    if (target.loss() instanceof HuberLoss huber) {
      loss.put("delta", huber.delta());
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("loss", loss);
    json.put("names", target.names());
    json.put("classes", target.classes());
    return json;
  }

  private static Map<String, Object> writeEnsemble(Model model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("members", (long) model.network().members());
    json.put("calibration", ModelFileSettings.writeSpread(model.target().calibration()));
    return json;
  }

  private static int readMembers(JsonValue json) {
    int members = Math.toIntExact(json.at("members").count());
    if (members < 2) {
      throw new InputException("its ensemble has " + members + " members");
    }
    return members;
  }

  private static ModelTarget readTarget(SafetensorsReader file, JsonValue model, int members)
      throws IOException {
    JsonValue json = model.at("target");
    String key = json.at("loss").at("key").text();
    Loss loss =
        key.equals("huber") ? new HuberLoss(json.at("loss").at("delta").finite()) : Loss.of(key);
    double[] offset = file.doubles("target.offset", SafetensorsReader.ANY);
    double[] scale = file.doubles("target.scale", offset.length);
    return new ModelTarget(
        loss,
        json.at("names").texts(),
        json.at("classes").texts(),
        offset,
        scale,
        members > 1
            ? ModelFileSettings.readSpread(model.at("ensemble").at("calibration"))
            : List.of());
  }

  private static Map<String, Object> writeProvenance(Provenance provenance) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    provenance
        .metrics()
        .forEach(
            (part, values) -> {
              Map<String, Object> numbers = new LinkedHashMap<>();
              values.forEach((key, value) -> numbers.put(key, JsonValue.ofReal(value)));
              metrics.put(part, numbers);
            });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("facts", provenance.facts());
    json.put("metrics", metrics);
    return json;
  }

  private static Provenance readProvenance(JsonValue json) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String key : json.at("facts").keys()) {
      facts.put(key, json.at("facts").at(key).text());
    }
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    for (String part : json.at("metrics").keys()) {
      JsonValue values = json.at("metrics").at(part);
      Map<String, Double> numbers = new LinkedHashMap<>();
      for (String key : values.keys()) {
        numbers.put(key, values.at(key).real());
      }
      metrics.put(part, numbers);
    }
    return new Provenance(facts, metrics);
  }
}
