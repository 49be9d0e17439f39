package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import kronwood.model.file.ModelFile;

/**
 * A request with a body of any bytes is answered, or refused in one way with a short message that
 * is not of the service's own making.
 *
 * <p>A target of Jazzer, which calls {@link #fuzzerTestOneInput} with bytes that reach new code.
 */
public final class FuzzedRequest {
  private static final int PROTOCOLS = 7;
  private static final int LONGEST_MESSAGE = 2000;
  private static final int MOST_ROWS = 1000;

  private static final ServedModel MODEL = model();

  private FuzzedRequest() {}

  private static ServedModel model() {
    try {
      Path file = Files.createTempFile("fuzzed", ".kron");
      TestModels.pairs(1, 2).save(file);
      ServedModel served = ServedModel.of("affinity", ModelFile.open(file), 1, 1 << 20);
      Files.delete(file);
      return served;
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Answers a request.
   *
   * @param bytes a digit, which chooses the protocol; of binary tensors four digits with the length
   *     of the JSON before them; then the body
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length < 1) {
      return;
    }
    try {
      Answer answer = answer(Math.floorMod(bytes[0] - '0', PROTOCOLS), bytes, MODEL);
      assertEquals(200, answer.status());
      assertTrue(answer.rows() <= MOST_ROWS, () -> answer.rows() + " rows");
    } catch (Problem e) {
      assertTrue(e.status() >= 400 && e.status() < 500, e.detail());
      assertTrue(e.detail().length() < LONGEST_MESSAGE, e.detail());
      assertTrue(e.detail().chars().noneMatch(Character::isISOControl), e.detail());
      ProblemBody.answer(e);
    }
  }

  private static Answer answer(int protocol, byte[] bytes, ServedModel model) {
    byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
    return switch (protocol) {
      case 0 -> PredictProtocol.json(model, body, false, MOST_ROWS);
      case 1 -> PredictProtocol.csv(model, body, true, MOST_ROWS);
      case 2 -> MlflowProtocol.json(model, body, MOST_ROWS);
      case 3 -> MlflowProtocol.csv(model, body, MOST_ROWS);
      case 4 -> RankProtocol.answer(model, body, ServerOptions.Limits.DEFAULT).withRows(0);
      case 5 -> InferenceProtocol.infer(model, body, -1, MOST_ROWS);
      default -> withTensors(model, body);
    };
  }

  private static Answer withTensors(ServedModel model, byte[] body) {
    int length = 0;
    int digits = Math.min(4, body.length);
    for (int i = 0; i < digits; i++) {
      length = 10 * length + Math.floorMod(body[i] - '0', 10);
    }
    return InferenceProtocol.infer(
        model, Arrays.copyOfRange(body, digits, body.length), length, MOST_ROWS);
  }
}
