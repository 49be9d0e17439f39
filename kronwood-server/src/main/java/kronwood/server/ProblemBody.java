package kronwood.server;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Problems as bodies: RFC 9457, with the member {@code error} that clients of the Open Inference
 * Protocol read. Also of problems that the server finds before a request reaches the service.
 */
final class ProblemBody extends ErrorHandler {
  static final String TYPE = "application/problem+json";

  /** The answer to a request with a problem. */
  static Answer answer(Problem problem) {
    Answer answer = new Answer(problem.status(), TYPE, bytes(problem), Map.of(), 0);
    return switch (problem.status()) {
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> answer.with("Retry-After", "1");
      case HttpStatus.UNAUTHORIZED_401 -> answer.with("WWW-Authenticate", "Bearer");
      default -> answer;
    };
  }

  private static byte[] bytes(Problem problem) {
    return JsonBody.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "about:blank");
          json.writeStringProperty("title", problem.title());
          json.writeNumberProperty("status", problem.status());
          json.writeStringProperty("detail", problem.detail());
          json.writeStringProperty("error", problem.detail());
          List<Problem.At> errors = problem.errors();
          if (!errors.isEmpty()) {
            json.writeArrayPropertyStart("errors");
            for (Problem.At error : errors) {
              json.writeStartObject();
              json.writeStringProperty("pointer", error.pointer());
              json.writeStringProperty("detail", error.detail());
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  private static byte[] bytes(int status) {
    String title = String.valueOf(HttpStatus.getMessage(status));
    return bytes(new Problem(status, title, "the request is not HTTP as the service takes it"));
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, TYPE));
    response.write(true, ByteBuffer.wrap(bytes(status)), callback);
  }
}
