package kronwood.dashboard;

import java.net.BindException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.IntFunction;
import kronwood.fault.InputException;
import kronwood.train.StopSignal;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A page on this machine that watches a training, a tuning or a cross-validation.
 *
 * <pre>{@code
 * try (Dashboard dashboard = Dashboard.open(DashboardOptions.ofTraining("affinity"))) {
 *   System.out.println(dashboard.uri());
 *   Kronwood.train(data, options, dashboard, dashboard.control(StopSignal.NEVER), null);
 * }
 * }</pre>
 *
 * <p>It is a {@link TrainingListener}; buttons of the page work by its {@link #control}. The
 * address holds a random token: who does not know it sees nothing and can press nothing. It listens
 * on the loopback address only, and answers under no other name.
 *
 * <p>Cost: some 100 nanoseconds of the training thread for each batch. Charts are drawn on threads
 * of the server, at most twice a second, while somebody watches. A training whose buttons nobody
 * presses has the same bits as without a dashboard.
 */
public final class Dashboard implements TrainingListener, AutoCloseable {
  /** If no port is named, so many are tried before any free one is taken. */
  private static final int PORTS = 20;

  private static final int CONNECTIONS = 64;
  private static final int HEADER_BYTES = 8 << 10;
  private static final long IDLE_MILLIS = 30_000;
  private static final int TOKEN_BYTES = 16;

  private final Buttons buttons = new Buttons();
  private final Watched watched = new Watched();
  private final SampleWatch sample = new SampleWatch();
  private final Rendering rendering;
  private final boolean ofFolds;
  private final String token;
  private final Streams streams;
  private final Server server;
  private final ServerConnector connector;

  private Dashboard(DashboardOptions options, int port) {
    this.ofFolds = options.folds() > 0;
    this.rendering = new Rendering(watched, buttons, sample, options.folds());
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
    this.streams = new Streams(rendering);
    QueuedThreadPool threads = new QueuedThreadPool(8, 1);
    threads.setName("kronwood-dashboard");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(new VirtualThreadPool());
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setHttpCompliance(HttpCompliance.RFC7230);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
    server.setErrorHandler(new Problems());
    server.setHandler(
        new PageHandler(new Access(token), new Pages(options.title()), buttons, sample, streams));
  }

  /**
   * Opens the page.
   *
   * @throws InputException if the port that is named is taken, or not open to this user
   */
  public static Dashboard open(DashboardOptions options) {
    // Jetty logs by way of SLF4J, which would otherwise say that nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    if (options.port() != DashboardOptions.NEXT_FREE) {
      Dashboard dashboard = started(options, options.port());
      if (dashboard == null) {
        throw new InputException(
            "port %d is taken, or not open to this user: give another one, or none for the next"
                    .formatted(options.port())
                + " free one");
      }
      return dashboard;
    }
    for (int i = 0; i < PORTS; i++) {
      Dashboard dashboard = started(options, DashboardOptions.DEFAULT_PORT + i);
      if (dashboard != null) {
        return dashboard;
      }
    }
    Dashboard dashboard = started(options, 0);
    if (dashboard == null) {
      throw new InputException("there is no free port on this machine");
    }
    return dashboard;
  }

  /** Null if the port is taken. */
  private static @Nullable Dashboard started(DashboardOptions options, int port) {
    Dashboard dashboard = new Dashboard(options, port);
    try {
      dashboard.server.start();
      return dashboard;
    } catch (Exception e) {
      dashboard.stopServer();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          return null;
        }
      }
      throw new InputException("the dashboard cannot listen: " + e.getMessage(), e);
    }
  }

  /** Address of the page, with the token of this run. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/" + token + "/");
  }

  /**
   * What the training has to ask for the buttons to work: give it as its stop signal.
   *
   * @param other ends the training too, also while it is paused; {@link StopSignal#NEVER} if there
   *     is nothing else
   */
  public TrainingControl control(StopSignal other) {
    return new TrainingControl() {
      @Override
      public boolean isStopRequested() {
        return buttons.isStopPressed() || other.isStopRequested();
      }

      @Override
      public boolean skipsEvaluation() {
        return other.skipsEvaluation();
      }

      @Override
      public long awaitResume() {
        return buttons.await(other);
      }

      @Override
      public double stepShare() {
        return buttons.share();
      }

      @Override
      public int shownSample() {
        return sample.asked();
      }
    };
  }

  /** Whether the training was stopped by the page. */
  public boolean isStopPressed() {
    return buttons.isStopPressed();
  }

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started _ -> learns(!ofFolds);
      case TrainingEvent.BatchDone batch -> sample.trained(batch.epoch());
      case TrainingEvent.Searched searched -> sample.searched(searched);
      case TrainingEvent.HeldOutBegun _,
          TrainingEvent.NewEntitiesBegun _,
          TrainingEvent.Finished _ ->
          learns(false);
      default -> {}
    }
    watched.on(event);
  }

  private void learns(boolean does) {
    buttons.lowers(does);
    sample.learns(does);
  }

  /**
   * Says what the page calls samples besides their numbers, such as the ids of their entities.
   *
   * @param names of sample i, from 0; called by threads of the server
   */
  public void nameSamples(IntFunction<String> names) {
    sample.name(names);
  }

  /** Says on the page that the run failed, and why. Then {@link #close} it. */
  public void failed(String why) {
    rendering.failed(why);
    buttons.end(true);
  }

  /**
   * The run is over. Pages that are open get what happened last and stay as they are; that takes
   * two seconds at most.
   */
  @Override
  public void close() {
    buttons.end(false);
    streams.close();
    stopServer();
  }

  private void stopServer() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the dashboard did not end", e);
    }
  }
}
