package kronwood.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers requests, one at a time each, on threads that may wait for slow clients. */
final class ServiceHandler extends Handler.Abstract {
  /** Shorter answers are sent as they are. */
  private static final int SMALLEST_PACKED = 1 << 10;

  private final Routes routes;
  private final Metrics metrics;
  private final Connections connections;
  private final ServerListener listener;

  ServiceHandler(Routes routes, Metrics metrics, Connections connections, ServerListener listener) {
    this.routes = routes;
    this.metrics = metrics;
    this.connections = connections;
    this.listener = listener;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long begun = System.nanoTime();
    Connection connection = request.getConnectionMetaData().getConnection();
    connections.begin(connection);
    Request.addCompletionListener(request, _ -> connections.end(connection));
    // One model for all of the request, whatever is loaded meanwhile.
    ServedModel model = routes.model();
    Routes.Route route = routes.route(path(request), model);
    Answer answer;
    boolean whole = true;
    try {
      routes.check(request, route);
      answer = route.action().of(request, model);
    } catch (Problem e) {
      // Errors that are found in a body come after it was read; all others may come before.
      whole = e.status() == 400 || e.status() == 503;
      answer = ProblemBody.answer(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer = ProblemBody.answer(Problem.busy());
    } catch (IOException | UncheckedIOException | HttpException.RuntimeException e) {
      answer = unread(e);
      if (answer == null) {
        callback.failed(e);
        return true;
      }
      whole = false;
    } catch (RuntimeException | StackOverflowError e) {
      listener.failed(e);
      answer = ProblemBody.answer(new Problem(500, "Failure", "the service failed, see its log"));
    }
    metrics.predictions(answer.rows());
    metrics.request(route.route(), answer.status(), System.nanoTime() - begun);
    send(request, response, callback, answer, model, whole);
    return true;
  }

  private static String path(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    return path == null ? "" : path;
  }

  /** What is said to a client whose body could not be read; null if it is gone. */
  private static @Nullable Answer unread(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof TimeoutException) {
        return ProblemBody.answer(new Problem(408, "Too slow", "no more of the body arrived"));
      }
      if (e instanceof HttpException bad && bad.getCode() < 500) {
        return ProblemBody.answer(
            new Problem(bad.getCode(), "Bad request", "the body is not as HTTP has it"));
      }
    }
    return null;
  }

  private void send(
      Request request,
      Response response,
      Callback callback,
      Answer answer,
      ServedModel model,
      boolean keep) {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(answer.status());
    headers.put(HttpHeader.CONTENT_TYPE, answer.type());
    headers.put("Kronwood-Model", model.sha256());
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(headers::put);
    if (!keep && request.getLength() != 0) {
      // What is left of the body is not read.
      headers.put(HttpHeader.CONNECTION, "close");
    }
    byte[] body = answer.body();
    if (body.length >= SMALLEST_PACKED && acceptsGzip(request)) {
      body = packed(body);
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
      headers.put(HttpHeader.VARY, "Accept-Encoding");
    }
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
  }

  private static boolean acceptsGzip(Request request) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    return accepted != null
        && accepted
            .toLowerCase(Locale.ROOT)
            .matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
  }

  private static byte[] packed(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
