package kronwood.dashboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Pages that are open, each with a stream of server-sent events: {@code state}, then the sections
 * that are others than those sent before, at most twice a second; {@code end} is the last one.
 */
final class Streams implements AutoCloseable {
  /** Pages at a time. */
  private static final int MOST = 8;

  private static final long PERIOD_MILLIS = 500;

  /** Silent periods after which a comment is sent, to find out whether a client is gone. */
  private static final int SILENT = 8;

  /** Seconds that pages have to take what happened last. */
  private static final int LAST_SECONDS = 2;

  private final Rendering rendering;
  private final Semaphore places = new Semaphore(MOST);
  private final CountDownLatch over = new CountDownLatch(1);

  Streams(Rendering rendering) {
    this.rendering = rendering;
  }

  /** State of the training and of the buttons. */
  String state() {
    return rendering.state();
  }

  /** Answers with a stream, until the client is gone or the training over. */
  void stream(Response response, Callback callback) {
    if (!places.tryAcquire()) {
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE_503, "too many pages are open");
    }
    try {
      response.setStatus(HttpStatus.OK_200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
      // Closed by the callback.
      write(Content.Sink.asOutputStream(response));
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } finally {
      places.release();
    }
  }

  private void write(OutputStream to) throws IOException, InterruptedException {
    Map<String, String> sent = new HashMap<>();
    int silent = 0;
    to.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
    boolean last = false;
    while (!last) {
      last = over.getCount() == 0;
      StringBuilder events = new StringBuilder();
      add(events, sent, "state", rendering.state());
      rendering.sections(last).forEach((id, html) -> add(events, sent, id, html));
      if (last) {
        add(events, sent, "end", "end");
      }
      silent = events.isEmpty() ? silent + 1 : 0;
      if (silent == SILENT) {
        events.append(":\n\n");
        silent = 0;
      }
      if (!events.isEmpty()) {
        to.write(events.toString().getBytes(StandardCharsets.UTF_8));
        to.flush();
      }
      if (!last) {
        boolean _ = over.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static void add(
      StringBuilder events, Map<String, String> sent, String event, String data) {
    String before = sent.put(event, data);
    if (data.equals(before) || (data.isEmpty() && before == null)) {
      return;
    }
    events.append("event: ").append(event).append('\n');
    for (String line : data.split("\n", -1)) {
      events.append("data: ").append(line).append('\n');
    }
    events.append('\n');
  }

  /** Sends what happened last, and waits until it has arrived, for two seconds at most. */
  @Override
  public void close() {
    over.countDown();
    try {
      if (places.tryAcquire(MOST, LAST_SECONDS, TimeUnit.SECONDS)) {
        places.release(MOST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
