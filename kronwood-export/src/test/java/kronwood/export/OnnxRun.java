package kronwood.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A graph in ONNX Runtime.
 *
 * <p>Version 1.29.0 ends the process if its command line has more than 4 KB: a class path that long
 * belongs into a jar's manifest, as Surefire has it, or into the environment.
 */
final class OnnxRun implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;

  OnnxRun(Path file) throws OrtException {
    options.setIntraOpNumThreads(1);
    session = environment.createSession(file.toString(), options);
  }

  /**
   * Outputs by name, row-major.
   *
   * @param inputs by name: {@code String[]}, {@code boolean[]}, or {@code float[][]} with a row
   *     each
   */
  Map<String, float[]> run(Map<String, Object> inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Object> input : inputs.entrySet()) {
        tensors.put(input.getKey(), OnnxTensor.createTensor(environment, input.getValue()));
      }
      Map<String, float[]> outputs = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(tensors)) {
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
          float[] copied = new float[values.remaining()];
          values.get(copied);
          outputs.put(output.getKey(), copied);
        }
      }
      return outputs;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** Facts about the model. */
  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
