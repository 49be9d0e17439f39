package kronwood.model.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityIds;
import kronwood.data.Features;
import kronwood.fault.InputException;
import kronwood.gram.BlockMap;
import kronwood.gram.BlocksMap;
import kronwood.gram.ComponentMap;
import kronwood.gram.DirectFeatureMap;
import kronwood.gram.FactorMap;
import kronwood.gram.IdentityBlockMap;
import kronwood.gram.IdentityMap;
import kronwood.gram.PivotFeatureMap;
import kronwood.gram.SimilarityMap;
import kronwood.json.Json;
import kronwood.json.JsonValue;
import kronwood.model.ModelTable;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsTexts;
import kronwood.safetensors.SafetensorsType;
import kronwood.safetensors.SafetensorsWriter;

/** One table of a model in a model file: tensors under {@code table.<t>.}, and a JSON object. */
final class ModelFileTable {
  private static final long ANY = SafetensorsReader.ANY;

  private ModelFileTable() {}

  private static String prefix(int table) {
    return "table." + table + ".";
  }

  /** Name of the tensor with the entities of a table that occur in training samples. */
  static String training(int table) {
    return prefix(table) + "training";
  }

  /** Adds the tensors of table number {@code t} and returns what else there is to say of it. */
  static Map<String, Object> write(SafetensorsWriter file, int t, ModelTable table) {
    String prefix = prefix(t);
    SafetensorsTexts.write(file, prefix + "id", table.ids().asList());
    SafetensorsTexts.write(file, prefix + "column", table.columns());
    if (!table.isSparse()) {
      file.add(
          SafetensorsType.F32,
          prefix + "coordinates",
          out -> out.write(table.coordinates()),
          table.ids().size(),
          table.map().rank());
    }
    int[] training = table.training();
    if (training != null) {
      file.add(SafetensorsType.I32, training(t), out -> out.write(training), training.length);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", table.name());
    json.put("map", write(file, prefix + "map.", table.map()));
    return json;
  }

  private static Map<String, Object> write(SafetensorsWriter file, String prefix, FactorMap any) {
    return switch (any) {
      case DirectFeatureMap map -> write(file, prefix, map);
      case PivotFeatureMap map -> write(file, prefix, map);
      case SimilarityMap map -> write(file, prefix, map);
      case BlocksMap map -> write(file, prefix, map);
      case ComponentMap map -> write(file, prefix, map);
      case IdentityMap map -> write(map);
    };
  }

  /**
   * Reads table number {@code t}.
   *
   * @throws InputException if something is missing or does not fit
   */
  static ModelTable read(SafetensorsReader file, int t, JsonValue json) throws IOException {
    String prefix = prefix(t);
    EntityIds ids = EntityIds.of(SafetensorsTexts.read(file, prefix + "id"));
    List<String> columns = SafetensorsTexts.read(file, prefix + "column");
    FactorMap factorMap = readMap(file, prefix + "map.", json.at("map"), columns.size());
    float[] coordinates =
        factorMap instanceof IdentityMap
            ? new float[0]
            : file.floats(prefix + "coordinates", ids.size(), factorMap.rank());
    checkIdentities(json.at("map").path(), columns, factorMap);
    int[] training = file.has(training(t)) ? file.ints(training(t), SafetensorsReader.ANY) : null;
    return new ModelTable(json.at("name").text(), ids, columns, factorMap, coordinates, training);
  }

  /** An identity block compares ids: each training entity has one of its own. */
  private static void checkIdentities(String path, List<String> columns, FactorMap map) {
    FactorMap base = map instanceof ComponentMap components ? components.base() : map;
    if (base instanceof IdentityMap) {
      checkDistinct(path, columns);
    }
    if (!(base instanceof BlocksMap several) || columns.size() != several.columns()) {
      return;
    }
    int from = 0;
    for (BlockMap block : several.blocks()) {
      List<String> ids = columns.subList(from, from + block.columns());
      if (block instanceof IdentityBlockMap) {
        checkDistinct(path, ids);
      }
      from += block.columns();
    }
  }

  private static void checkDistinct(String path, List<String> ids) {
    if (ids.stream().distinct().count() < ids.size() || ids.contains("")) {
      throw new IllegalArgumentException(
          path + " has an identity of entities of which two have the same id, or one has none");
    }
  }

  private static FactorMap readMap(
      SafetensorsReader file, String prefix, JsonValue map, int columns) throws IOException {
    String kind = map.at("kind").text();
    return switch (kind) {
      case "direct" -> readDirect(file, prefix, map, columns);
      case "pivot" -> readPivot(file, prefix, map, columns);
      case "similarity" -> readSimilarity(file, prefix, map, columns);
      case "blocks" -> readBlocks(file, prefix, map);
      case "components" -> readComponents(file, prefix, map, columns);
      case "identity" ->
          new IdentityMap(
              columns,
              map.at("weight").finite(),
              map.at("own").finite(),
              map.at("shared").finite(),
              map.at("unknown").finite());
      default ->
          throw new InputException(
              map.path()
                  + ".kind is '"
                  + Json.shorten(kind)
                  + "', expected direct, pivot, similarity, blocks,"
                  + " components or identity");
    };
  }

  private static Map<String, Object> write(IdentityMap map) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "identity");
    json.put("weight", JsonValue.ofReal(map.weight()));
    json.put("own", JsonValue.ofReal(map.own()));
    json.put("shared", JsonValue.ofReal(map.shared()));
    json.put("unknown", JsonValue.ofReal(map.unknown()));
    return json;
  }

  private static Map<String, Object> write(
      SafetensorsWriter file, String prefix, ComponentMap map) {
    file.add(
        SafetensorsType.F64,
        prefix + "components",
        out -> out.write(map.matrix()),
        map.components(),
        map.matrix().length / map.components());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "components");
    json.put("constant", JsonValue.ofReal(map.constant()));
    json.put("base", write(file, prefix + "base.", map.base()));
    return json;
  }

  private static ComponentMap readComponents(
      SafetensorsReader file, String prefix, JsonValue json, int columns) throws IOException {
    FactorMap base = readMap(file, prefix + "base.", json.at("base"), columns);
    double constant = json.at("constant").finite();
    int coordinates = base.rank() - (constant > 0 ? 1 : 0);
    if (coordinates < 1) {
      throw new IllegalArgumentException(
          json.path() + " has principal components of nothing but a constant");
    }
    double[] matrix = file.doubles(prefix + "components", ANY, coordinates);
    return new ComponentMap(base, matrix.length / coordinates, matrix, constant);
  }

  private static Map<String, Object> write(
      SafetensorsWriter file, String prefix, DirectFeatureMap map) {
    file.add(SafetensorsType.F64, prefix + "mean", out -> out.write(map.mean()), map.mean().length);
    file.add(SafetensorsType.I32, prefix + "kept", out -> out.write(map.kept()), map.kept().length);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "direct");
    json.put("scale", JsonValue.ofReal(map.scale()));
    json.put("constant", JsonValue.ofReal(map.constant()));
    return json;
  }

  private static DirectFeatureMap readDirect(
      SafetensorsReader file, String prefix, JsonValue json, int columns) throws IOException {
    double[] mean = file.doubles(prefix + "mean", columns);
    int[] kept = file.ints(prefix + "kept", ANY);
    for (int c = 0; c < kept.length; c++) {
      if (kept[c] >= columns || kept[c] <= (c == 0 ? -1 : kept[c - 1])) {
        throw new InputException(
            "tensor '"
                + prefix
                + "kept' has "
                + kept[c]
                + " at "
                + c
                + ", expected increasing columns below "
                + columns);
      }
    }
    return new DirectFeatureMap(
        mean, kept, json.at("scale").finite(), json.at("constant").finite());
  }

  private static Map<String, Object> write(
      SafetensorsWriter file, String prefix, PivotFeatureMap map) {
    int pivots = map.pivots().entities();
    file.add(SafetensorsType.F64, prefix + "mean", out -> out.write(map.mean()), map.mean().length);
    file.add(SafetensorsType.F64, prefix + "lower", out -> out.write(map.lower()), pivots, pivots);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "pivot");
    json.put("pivots", ModelFileFeatures.write(file, prefix + "pivots", map.pivots()));
    json.put("scale", JsonValue.ofReal(map.scale()));
    json.put("constant", JsonValue.ofReal(map.constant()));
    return json;
  }

  private static PivotFeatureMap readPivot(
      SafetensorsReader file, String prefix, JsonValue json, int columns) throws IOException {
    Features pivots = ModelFileFeatures.read(file, prefix + "pivots", json.at("pivots"), columns);
    double[] lower = file.doubles(prefix + "lower", pivots.entities(), pivots.entities());
    for (int p = 0; p < pivots.entities(); p++) {
      double diagonal = lower[p * pivots.entities() + p];
      if (!(diagonal >= 1 / JsonValue.LARGEST)) {
        throw new IllegalArgumentException(
            "tensor '"
                + prefix
                + "lower' holds "
                + diagonal
                + " on its diagonal, expected numbers from "
                + 1 / JsonValue.LARGEST
                + " on");
      }
    }
    return new PivotFeatureMap(
        pivots,
        file.doubles(prefix + "mean", columns),
        lower,
        json.at("scale").finite(),
        json.at("constant").finite());
  }

  private static Map<String, Object> write(
      SafetensorsWriter file, String prefix, SimilarityMap map) {
    file.add(
        SafetensorsType.F64,
        prefix + "matrix",
        out -> out.write(map.map()),
        map.offset().length,
        map.columns());
    file.add(
        SafetensorsType.F64,
        prefix + "offset",
        out -> out.write(map.offset()),
        map.offset().length);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "similarity");
    json.put("constant", JsonValue.ofReal(map.constant()));
    return json;
  }

  private static SimilarityMap readSimilarity(
      SafetensorsReader file, String prefix, JsonValue json, int columns) throws IOException {
    double[] offset = file.doubles(prefix + "offset", ANY);
    double[] matrix = file.doubles(prefix + "matrix", offset.length, columns);
    return new SimilarityMap(columns, matrix, offset, json.at("constant").finite());
  }

  private static Map<String, Object> write(SafetensorsWriter file, String prefix, BlocksMap map) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "blocks");
    List<Object> blocks = new ArrayList<>();
    for (BlockMap block : map.blocks()) {
      blocks.add(ModelFileBlock.write(file, prefix + "block." + blocks.size() + ".", block));
    }
    json.put("blocks", blocks);
    Map<String, Object> projection = write(file, prefix + "projection.", map.projection());
    projection.put("columns", (long) map.projection().columns());
    json.put("projection", projection);
    return json;
  }

  private static BlocksMap readBlocks(SafetensorsReader file, String prefix, JsonValue json)
      throws IOException {
    JsonValue projection = json.at("projection");
    SimilarityMap similarity =
        readSimilarity(
            file,
            prefix + "projection.",
            projection,
            Math.toIntExact(projection.at("columns").count()));
    List<BlockMap> blocks = new ArrayList<>();
    for (JsonValue block : json.at("blocks").items()) {
      String name = prefix + "block." + blocks.size() + ".";
      blocks.add(ModelFileBlock.read(file, name, block, similarity.columns()));
    }
    return new BlocksMap(blocks, similarity);
  }
}
