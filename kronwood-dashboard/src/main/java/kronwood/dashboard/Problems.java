package kronwood.dashboard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problems as bodies, as RFC 9457 has them; also those that the server finds by itself. */
final class Problems extends ErrorHandler {
  static final String TYPE = "application/problem+json";

  /** The body of a problem. */
  static byte[] body(int status, String detail) {
    return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
        .formatted(HttpStatus.getMessage(status), status, detail)
        .getBytes(StandardCharsets.UTF_8);
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
    byte[] body = body(status, "the request is not HTTP as the page takes it");
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
