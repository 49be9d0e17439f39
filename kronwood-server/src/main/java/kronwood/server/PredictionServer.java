package kronwood.server;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import kronwood.fault.InputException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * A model as a service over HTTP/1.1, until it is closed.
 *
 * <p>Paths: {@code /v1/predict} and {@code /v1/rank}; {@code /v2/…}, the Open Inference Protocol;
 * {@code /invocations}, as MLflow has it; {@code /metrics} for Prometheus; {@code /openapi.json},
 * and a page to try requests out at {@code /}. {@code docs/guide/serving.md} describes them. When
 * the file of the model is replaced, the service reads it beside the old model and then answers
 * with the new one; each answer names the digest of the model that it comes from.
 *
 * <p>Memory: the model, caches up to {@link ServerOptions#cacheBytes}, a quarter of the heap at
 * most for requests, and the new model while one is read. Threads: those that predict, a few for
 * the network; clients are held by virtual threads.
 */
public final class PredictionServer implements AutoCloseable {
  private static final int HEADER_BYTES = 8 << 10;

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final ServerOptions options;
  private final ModelWatch models;
  private final Workers workers;
  private final Connections connections;
  private final Server server;
  private final ServerConnector connector;

  private PredictionServer(ServerOptions options, ModelWatch models, ServerListener listener) {
    this.options = options;
    this.models = models;
    Metrics metrics = models.metrics();
    ServerOptions.Limits limits = options.limits();
    this.workers = new Workers(options.threads(), limits.waiting(), limits.patience());
    this.connections = new Connections(limits.patience().multipliedBy(3));
    Routes routes = new Routes(models, options, workers, metrics, version());
    this.server = new Server(threads());
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(limits.patience().toMillis());
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setErrorHandler(new ProblemBody());
    server.setHandler(
        new GracefulHandler(new ServiceHandler(routes, metrics, connections, listener)));
    server.setStopTimeout(GRACE.toMillis());
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(16);
    threads.setName("kronwood-http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(new VirtualThreadPool());
    return threads;
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setHttpCompliance(HttpCompliance.RFC7230);
    return http;
  }

  private static String version() {
    return Objects.requireNonNullElse(
        PredictionServer.class.getPackage().getImplementationVersion(), "development");
  }

  /**
   * Reads a model and begins to answer.
   *
   * @throws IOException if the model cannot be read, with a message for people
   * @throws InputException if the port is taken, or the address is none of this machine
   */
  public static PredictionServer start(Path model, ServerOptions options, ServerListener listener)
      throws IOException {
    // Jetty logs by way of SLF4J, which would otherwise say that nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    ModelWatch models = new ModelWatch(model, options, listener, new Metrics());
    PredictionServer started = new PredictionServer(options, models, listener);
    try {
      started.server.start();
    } catch (Exception e) {
      started.close();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new InputException(
              "port %d of %s is taken, or not open to this user: give another one, or 0 for any"
                  .formatted(options.port(), options.host()),
              e);
        }
      }
      throw new InputException(
          "cannot listen on %s: %s".formatted(options.host(), e.getMessage()), e);
    }
    models.start();
    started.connections.start();
    return started;
  }

  /** Where the service answers. */
  public URI uri() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return URI.create("http://" + host + ":" + connector.getLocalPort() + options.basePath() + "/");
  }

  /** The digest of the model that answers now. */
  public String sha256() {
    return models.model().sha256();
  }

  /** Ends the service: takes no more requests, answers those it has, for at most 30 seconds. */
  @Override
  public void close() {
    models.close();
    connections.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the service did not end", e);
    } finally {
      workers.close();
    }
  }
}
