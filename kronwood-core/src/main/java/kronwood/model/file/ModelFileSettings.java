package kronwood.model.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.fault.InputException;
import kronwood.json.JsonValue;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.SettingWeights;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsTensor;
import kronwood.safetensors.SafetensorsType;
import kronwood.safetensors.SafetensorsWriter;

/**
 * The settings of a model in its file: numbers in JSON, and the linear models of all settings that
 * have one as the tensor {@code settings.linear}, one after the other.
 */
final class ModelFileSettings {
  private static final String LINEAR = "settings.linear";

  private ModelFileSettings() {}

  /** Whether a setting has a calibration of its own. */
  static boolean hasSpread(Model model) {
    return model.settings().stream().anyMatch(weights -> !weights.spread().isEmpty());
  }

  static List<Object> writeSpread(List<SpreadCalibration> spread) {
    List<Object> written = new ArrayList<>();
    for (SpreadCalibration fitted : spread) {
      Map<String, Object> terms = new LinkedHashMap<>();
      terms.put("factor", JsonValue.ofReal(fitted.factor()));
      terms.put("variance", JsonValue.ofReal(fitted.variance()));
      written.add(terms);
    }
    return written;
  }

  static List<SpreadCalibration> readSpread(JsonValue json) {
    return json.items().stream()
        .map(terms -> new SpreadCalibration(terms.at("factor").real(), terms.at("variance").real()))
        .toList();
  }

  static List<Object> write(SafetensorsWriter file, Model model) {
    List<Object> settings = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    for (SettingWeights weights : model.settings()) {
      List<Object> fresh = new ArrayList<>();
      for (int mode = 0; mode < model.tableOfMode().length; mode++) {
        if ((weights.newModes() >> mode & 1) == 1) {
          fresh.add((long) mode);
        }
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("new", fresh);
      json.put("network", JsonValue.ofReal(weights.network()));
      json.put("offset", Arrays.stream(weights.offset()).mapToObj(JsonValue::ofReal).toList());
      json.put("linear", weights.linear().length > 0);
      if (!weights.spread().isEmpty()) {
        json.put("spread", writeSpread(weights.spread()));
      }
      settings.add(json);
      rows.addAll(List.of(weights.linear()));
    }
    if (!rows.isEmpty()) {
      file.add(
          SafetensorsType.F32,
          LINEAR,
          out -> {
            for (float[] row : rows) {
              out.write(row);
            }
          },
          shape(rows.size(), model.ranks()));
    }
    return settings;
  }

  private static long[] shape(long rows, int[] ranks) {
    long[] shape = new long[ranks.length + 1];
    shape[0] = rows;
    for (int k = 0; k < ranks.length; k++) {
      shape[k + 1] = ranks[k];
    }
    return shape;
  }

  /**
   * Reads them.
   *
   * @throws InputException if something is missing or does not fit
   */
  static List<SettingWeights> read(
      SafetensorsReader file, JsonValue model, int[] ranks, int outputs) throws IOException {
    if (!model.keys().contains("settings")) {
      return List.of();
    }
    List<JsonValue> settings = model.at("settings").items();
    int count = 0;
    for (JsonValue json : settings) {
      count += json.at("linear").bool() ? outputs : 0;
    }
    float[][] rows = new float[0][];
    if (count > 0) {
      SafetensorsTensor tensor = file.tensor(LINEAR, SafetensorsType.F32, shape(count, ranks));
      int dimension = 1;
      for (int rank : ranks) {
        dimension = Math.multiplyExact(dimension, rank);
      }
      rows = file.rows(tensor, count, dimension);
    }
    List<SettingWeights> weights = new ArrayList<>();
    int next = 0;
    for (JsonValue json : settings) {
      int fresh = 0;
      for (JsonValue mode : json.at("new").items()) {
        fresh |= 1 << Math.min(mode.count(), SettingWeights.MOST_MODES);
      }
      List<JsonValue> offsets = json.at("offset").items();
      double[] offset = new double[offsets.size()];
      for (int c = 0; c < offset.length; c++) {
        offset[c] = offsets.get(c).finite();
      }
      int taken = json.at("linear").bool() ? outputs : 0;
      weights.add(
          new SettingWeights(
              fresh,
              json.at("network").finite(),
              Arrays.copyOfRange(rows, next, next + taken),
              offset,
              json.keys().contains("spread") ? readSpread(json.at("spread")) : List.of()));
      next += taken;
    }
    return weights;
  }
}
