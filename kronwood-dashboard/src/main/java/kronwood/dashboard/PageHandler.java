package kronwood.dashboard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import kronwood.train.TrainingControl;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests on virtual threads, which may wait for slow clients. */
final class PageHandler extends Handler.Abstract {
  private final Access access;
  private final Pages pages;
  private final Buttons buttons;
  private final SampleWatch sample;
  private final Streams streams;

  PageHandler(Access access, Pages pages, Buttons buttons, SampleWatch sample, Streams streams) {
    this.access = access;
    this.pages = pages;
    this.buttons = buttons;
    this.sample = sample;
    this.streams = streams;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Content-Security-Policy", Pages.POLICY);
    if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      // No request needs a body, and none is read.
      headers.put(HttpHeader.CONNECTION, "close");
    }
    try {
      answer(request, response, callback);
    } catch (Problem e) {
      send(response, callback, e.status(), Problems.TYPE, Problems.body(e.status(), e.detail()));
    }
    return true;
  }

  private void answer(Request request, Response response, Callback callback) {
    String path = String.valueOf(request.getHttpURI().getCanonicalPath());
    String asked = access.check(request.getHeaders(), path);
    boolean post = request.getMethod().equals("POST");
    switch (asked) {
      case "" -> file(post, response, callback, "text/html; charset=utf-8", pages.page());
      case "page.js" ->
          file(post, response, callback, "text/javascript; charset=utf-8", pages.script());
      case "page.css" -> file(post, response, callback, "text/css; charset=utf-8", pages.style());
      case "events" -> {
        refuse(post, "GET");
        streams.stream(response, callback);
      }
      case "pause", "resume", "stop", "lower" -> {
        refuse(!post, "POST");
        pressed(buttons.press(asked), response, callback);
      }
      case String one when one.matches("sample/(next|none|[1-9][0-9]{0,8})") -> {
        refuse(!post, "POST");
        pressed(sample.choose(sample(one.substring("sample/".length()))), response, callback);
      }
      default -> throw new Problem(HttpStatus.NOT_FOUND_404, "there is nothing under this path");
    }
  }

  private static void refuse(boolean otherMethod, String needed) {
    if (otherMethod) {
      throw new Problem(HttpStatus.METHOD_NOT_ALLOWED_405, "this path takes " + needed);
    }
  }

  private static void file(
      boolean post, Response response, Callback callback, String type, byte[] body) {
    refuse(post, "GET");
    send(response, callback, HttpStatus.OK_200, type, body);
  }

  private static int sample(String text) {
    return switch (text) {
      case "next" -> TrainingControl.NEXT_SAMPLE;
      case "none" -> TrainingControl.NO_SAMPLE;
      default -> Integer.parseInt(text) - 1;
    };
  }

  private void pressed(boolean done, Response response, Callback callback) {
    if (!done) {
      throw new Problem(HttpStatus.CONFLICT_409, "the training cannot do this now");
    }
    byte[] state = streams.state().getBytes(StandardCharsets.UTF_8);
    send(response, callback, HttpStatus.OK_200, "text/plain; charset=utf-8", state);
  }

  private static void send(
      Response response, Callback callback, int status, String type, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
