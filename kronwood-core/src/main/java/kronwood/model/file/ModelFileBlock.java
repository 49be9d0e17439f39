package kronwood.model.file;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.encode.Encoder;
import kronwood.encode.EncoderState;
import kronwood.encode.Encoders;
import kronwood.fault.InputException;
import kronwood.gram.BlockMap;
import kronwood.gram.EncodedBlockMap;
import kronwood.gram.FeatureBlockMap;
import kronwood.gram.IdentityBlockMap;
import kronwood.gram.ProfileBlockMap;
import kronwood.gram.SimilarityBlockMap;
import kronwood.json.Json;
import kronwood.json.JsonValue;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsTexts;
import kronwood.safetensors.SafetensorsType;
import kronwood.safetensors.SafetensorsWriter;

/** One block of a table's map in a model file. */
final class ModelFileBlock {
  private ModelFileBlock() {}

  /** Adds the tensors of a block and returns what else there is to say of it. */
  static Map<String, Object> write(SafetensorsWriter file, String prefix, BlockMap block) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind(block));
    json.put("name", block.name());
    json.put("weight", JsonValue.ofReal(block.weight()));
    json.put("scale", JsonValue.ofReal(block.scale()));
    switch (block) {
      case FeatureBlockMap features -> writeFeatures(file, prefix, features, json);
      case EncodedBlockMap encoded -> {
        writeFeatures(file, prefix, encoded.features(), json);
        json.put("encoder", writeEncoder(file, prefix + "encoder.", encoded.encoder().state()));
      }
      case ProfileBlockMap profiles -> writeFeatures(file, prefix, profiles.features(), json);
      case SimilarityBlockMap _, IdentityBlockMap _ -> {}
    }
    return json;
  }

  private static Map<String, Object> writeEncoder(
      SafetensorsWriter file, String prefix, EncoderState state) {
    SafetensorsTexts.write(file, prefix + "term", state.terms());
    double[] numbers = state.numbers();
    file.add(SafetensorsType.F64, prefix + "numbers", out -> out.write(numbers), numbers.length);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", state.type());
    json.put("settings", state.settings());
    return json;
  }

  private static Encoder readEncoder(SafetensorsReader file, String prefix, JsonValue json)
      throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    JsonValue given = json.at("settings");
    for (String key : given.keys()) {
      settings.put(key, given.at(key).text());
    }
    return Encoders.restore(
        new EncoderState(
            json.at("type").text(),
            settings,
            SafetensorsTexts.read(file, prefix + "term"),
            file.doubles(prefix + "numbers", SafetensorsReader.ANY)));
  }

  private static String kind(BlockMap block) {
    return switch (block) {
      case FeatureBlockMap _ -> "features";
      case EncodedBlockMap _ -> "encoded";
      case SimilarityBlockMap _ -> "similarity";
      case IdentityBlockMap _ -> "identity";
      case ProfileBlockMap _ -> "profile";
    };
  }

  private static void writeFeatures(
      SafetensorsWriter file, String prefix, FeatureBlockMap map, Map<String, Object> json) {
    double[] centre = map.centre();
    file.add(SafetensorsType.F64, prefix + "centre", out -> out.write(centre), centre.length);
    json.put("columns", (long) centre.length);
    json.put("kernel", map.kernel().kind().key());
    json.put("bandwidth", JsonValue.ofReal(map.bandwidth()));
    if (map.kernel().width() != 1) {
      json.put("width", JsonValue.ofReal(map.kernel().width()));
    }
    json.put("references", ModelFileFeatures.write(file, prefix + "references", map.references()));
  }

  /**
   * Reads a block.
   *
   * @param references number of training entities
   * @throws InputException if something is missing or does not fit
   */
  static BlockMap read(SafetensorsReader file, String prefix, JsonValue json, int references)
      throws IOException {
    String kind = json.at("kind").text();
    double weight = weight(json);
    double scale = json.at("scale").finite();
    return switch (kind) {
      case "features" -> readFeatures(file, prefix, json, references);
      case "profile" -> new ProfileBlockMap(readFeatures(file, prefix, json, references));
      case "encoded" ->
          new EncodedBlockMap(
              readEncoder(file, prefix + "encoder.", json.at("encoder")),
              readFeatures(file, prefix, json, references));
      case "similarity" ->
          new SimilarityBlockMap(json.at("name").text(), weight, scale, references);
      case "identity" -> new IdentityBlockMap(weight, scale, references);
      default ->
          throw new InputException(
              json.path()
                  + ".kind is '"
                  + Json.shorten(kind)
                  + "', expected features, encoded, similarity, identity or profile");
    };
  }

  private static double weight(JsonValue json) {
    double weight = json.at("weight").finite();
    if (!(weight > 0)) {
      throw new InputException(json.path() + ".weight is " + weight + ", expected a number > 0");
    }
    return weight;
  }

  private static FeatureBlockMap readFeatures(
      SafetensorsReader file, String prefix, JsonValue json, int references) throws IOException {
    int columns = Math.toIntExact(json.at("columns").count());
    Features features =
        ModelFileFeatures.read(file, prefix + "references", json.at("references"), columns);
    if (features.entities() != references) {
      throw new InputException(
          json.path()
              + " has features of "
              + features.entities()
              + " entities, its projection "
              + references);
    }
    FeatureKernel kernel = FeatureKernel.of(json.at("kernel").text());
    if (json.keys().contains("width")) {
      kernel = new FeatureKernel(kernel.kind(), json.at("width").finite());
    }
    double bandwidth = json.at("bandwidth").finite();
    if (kernel.isGaussian() && !(bandwidth > 0 && bandwidth * bandwidth >= Double.MIN_NORMAL)) {
      throw new IllegalArgumentException(
          json.path() + ".bandwidth is " + bandwidth + ", expected a number > 0");
    }
    double[] centre = file.doubles(prefix + "centre", columns);
    if (kernel.equals(FeatureKernel.TANIMOTO)) {
      checkNotNegative(prefix, centre, features);
    }
    return FeatureBlockMap.of(
        json.at("name").text(),
        weight(json),
        json.at("scale").finite(),
        kernel,
        bandwidth,
        centre,
        features);
  }

  /** Tanimoto's coefficient is one of vectors that are not centred, and not negative. */
  private static void checkNotNegative(String prefix, double[] centre, Features references) {
    for (double value : centre) {
      if (value != 0) {
        throw new IllegalArgumentException(
            "tensor '"
                + prefix
                + "centre' holds "
                + value
                + ", expected 0 for the kernel tanimoto");
      }
    }
    double[] zero = new double[centre.length];
    for (int j = 0; j < references.entities(); j++) {
      // What is below zero is all that the smaller of a feature and zero can be.
      if (references.minimum(j, zero) < 0) {
        throw new IllegalArgumentException(
            "tensor '"
                + prefix
                + "references' holds negative features of entity "
                + (j + 1)
                + ", expected numbers >= 0 for the kernel tanimoto");
      }
    }
  }
}
