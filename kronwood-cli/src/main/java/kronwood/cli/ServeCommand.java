package kronwood.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Streams;
import kronwood.fault.InputException;
import kronwood.server.PredictionServer;
import kronwood.server.ServerListener;
import kronwood.server.ServerOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers over HTTP. */
@Command(
    name = "serve",
    header = "Answers over HTTP: predictions and rankings, until it is stopped.",
    footer = {
      "Example:",
      "  kronwood serve --model model.kron",
      "  kronwood serve --model model.kron --host 0.0.0.0 --token-file token.txt",
      "",
      "When the file of the model is replaced, the service goes over to the new model."
    })
final class ServeCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "TCP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = ServerOptions.DEFAULT_PORT;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = {
        "Address to listen on (default: ${DEFAULT-VALUE}, which only programs on this machine"
            + " reach). Any other needs --token-file."
      })
  private String host = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "A file with the token that clients must send, as Authorization: Bearer TOKEN; 16 letters"
            + " or more. Health checks need none."
      })
  private @Nullable Path tokenFile;

  @Option(
      names = "--base-path",
      paramLabel = "PATH",
      description = "What all paths begin with, for a proxy, such as /models/affinity.")
  private String basePath = "";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Predictions made at a time (default: all processors).")
  private @Nullable Integer threads;

  @Mixin private OutputOptions output = new OutputOptions();

  ServeCommand(Streams streams) {
    this.streams = streams;
  }

  /** What happens while the service runs, said on standard error. */
  private static final class Log implements ServerListener {
    private final Streams streams;
    private final boolean traces;

    Log(Streams streams, boolean traces) {
      this.streams = streams;
      this.traces = traces;
    }

    @Override
    public synchronized void reloaded(String sha256) {
      streams.say("the model was replaced; answers come from " + sha256 + " now");
    }

    @Override
    public synchronized void refused(String why) {
      streams.say("the new model is not taken, the one before goes on answering: " + why);
    }

    @Override
    public synchronized void failed(Throwable failure) {
      streams.say("a request failed, most likely a bug: " + failure);
      if (traces) {
        failure.printStackTrace(streams.err());
      }
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    ServerOptions options =
        new ServerOptions(
            host,
            port,
            token(),
            basePath,
            Machine.threads(threads),
            ServerOptions.Limits.DEFAULT,
            ServerOptions.local().cacheBytes());
    PredictionServer server = start(options);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  streams.say("stopping: requests that have begun are answered");
                  server.close();
                }));
    if (output.json()) {
      JsonReport.print(
          JsonReport.object()
              .put("url", server.uri().toString())
              .put("model", source.path().toString())
              .put("sha256", server.sha256()),
          streams.out());
    } else {
      streams.out().println("model: " + source.path() + ", sha256 " + server.sha256());
      streams.out().println("serving at " + server.uri());
    }
    streams.out().flush();
    new CountDownLatch(1).await();
    return ExitCodes.SUCCESS;
  }

  private PredictionServer start(ServerOptions options) {
    try {
      source.checkReadable();
      return PredictionServer.start(source.path(), options, new Log(streams, output.debug()));
    } catch (IOException e) {
      throw new InputException("--model: " + e.getMessage(), e);
    }
  }

  private String token() {
    if (tokenFile == null) {
      return "";
    }
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new InputException("--token-file: " + tokenFile + " cannot be read", e);
    }
  }
}
