package kronwood.server;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Which path answers what. */
final class Routes {
  private static final String OTHER = "other";
  private static final String MODELS = "/v2/models/";

  private final ModelWatch models;
  private final ServerOptions options;
  private final Guard guard;
  private final RequestBody bodies;
  private final Workers workers;
  private final Metrics metrics;
  private final Pages pages;
  private final String version;

  /**
   * What answers a request.
   *
   * @param route name for metrics, the same for all models
   * @param method that it takes, {@code GET} or {@code POST}
   * @param open whether it is answered without a token
   * @param action makes the answer
   */
  record Route(String route, String method, boolean open, Action action) {}

  /** Makes an answer. */
  @FunctionalInterface
  interface Action {
    Answer of(Request request, ServedModel model) throws IOException, InterruptedException;
  }

  /** Makes an answer of a body. */
  @FunctionalInterface
  private interface BodyAction {
    Answer of(Request request, ServedModel model, byte[] body);
  }

  Routes(
      ModelWatch models, ServerOptions options, Workers workers, Metrics metrics, String version) {
    this.models = models;
    this.options = options;
    this.guard = new Guard(options);
    this.bodies = new RequestBody(options.limits().bodyBytes(), options.limits().patience());
    this.workers = workers;
    this.metrics = metrics;
    this.pages = new Pages(options.basePath());
    this.version = version;
  }

  /** The model that answers now. */
  ServedModel model() {
    return models.model();
  }

  /** The route of a path, called {@code other} if there is none. */
  Route route(String path, ServedModel model) {
    String base = options.basePath();
    if (!path.startsWith(base)) {
      return none();
    }
    String below = path.substring(base.length());
    return below.startsWith(MODELS)
        ? ofModel(below.substring(MODELS.length()), model)
        : fixed(below);
  }

  private Route fixed(String path) {
    return switch (path) {
      case "", "/" -> get("/", (_, _) -> pages.page());
      case "/try.js" -> get(path, (_, _) -> pages.script());
      case "/try.css" -> get(path, (_, _) -> pages.style());
      case "/openapi.json" -> get(path, (_, model) -> pages.openApi(model, version));
      case "/metrics" ->
          get(
              path,
              (_, model) ->
                  Answer.ofText(Metrics.TYPE, metrics.text(model.sha256(), workers.waiting())));
      case "/v2" -> get(path, (_, _) -> InferenceProtocol.server(version));
      case "/v2/health/live" -> health(path, "live");
      case "/v2/health/ready" -> health(path, "ready");
      case "/ping", "/health" -> health(path, "healthy");
      case "/version" -> health(path, "healthy", version);
      case "/v1/predict" -> post(path, this::predict);
      case "/v1/rank" ->
          post(path, (_, model, body) -> RankProtocol.answer(model, body, options.limits()));
      case "/invocations" -> post(path, this::invocations);
      default -> none();
    };
  }

  private Route ofModel(String path, ServedModel model) {
    List<String> parts = List.of(path.split("/", -1));
    String version = "/versions/" + model.sha256();
    String rest = path.substring(parts.getFirst().length());
    String below = rest.startsWith(version) ? rest.substring(version.length()) : rest;
    if (!parts.getFirst().equals(model.name())) {
      return none();
    }
    String route = MODELS + "{model}" + below;
    return switch (below) {
      case "" -> get(route, (_, served) -> InferenceProtocol.metadata(served));
      case "/ready" -> health(route, "ready");
      case "/infer" -> post(route, this::infer);
      default -> none();
    };
  }

  private static Route none() {
    return new Route(
        OTHER,
        "",
        false,
        (_, _) -> {
          throw new Problem(
              404, "Not found", "there is nothing under this path; see /openapi.json");
        });
  }

  private static Route health(String path, String what) {
    return health(path, what, "");
  }

  private static Route health(String path, String what, String version) {
    byte[] body =
        JsonBody.bytes(
            json -> {
              json.writeStartObject();
              json.writeBooleanProperty(what, true);
              if (!version.isEmpty()) {
                json.writeStringProperty("version", version);
              }
              json.writeEndObject();
            });
    return new Route(path, "GET", true, (_, _) -> Answer.of(Answer.JSON, body));
  }

  private static Route get(String path, Action action) {
    return new Route(path, "GET", false, action);
  }

  private Route post(String path, BodyAction action) {
    return new Route(
        path,
        "POST",
        false,
        (request, model) ->
            bodies.read(request, body -> workers.run(() -> action.of(request, model, body))));
  }

  private Answer predict(Request request, ServedModel model, byte[] body) {
    boolean csv = accepts(request, "text/csv");
    int rows = options.limits().rows();
    return isCsv(request)
        ? PredictProtocol.csv(model, body, csv, rows)
        : PredictProtocol.json(model, body, csv, rows);
  }

  private Answer invocations(Request request, ServedModel model, byte[] body) {
    int rows = options.limits().rows();
    return isCsv(request)
        ? MlflowProtocol.csv(model, body, rows)
        : MlflowProtocol.json(model, body, rows);
  }

  private Answer infer(Request request, ServedModel model, byte[] body) {
    String length = request.getHeaders().get(InferenceProtocol.LENGTH);
    if (length != null && !length.matches("[0-9]{1,9}")) {
      throw Problem.bad(InferenceProtocol.LENGTH + " is no length");
    }
    return InferenceProtocol.infer(
        model, body, length == null ? -1 : Integer.parseInt(length), options.limits().rows());
  }

  private static boolean accepts(Request request, String type) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT);
    return accepted != null && accepted.toLowerCase(Locale.ROOT).startsWith(type);
  }

  /**
   * Whether a body is a table.
   *
   * @throws Problem if it is neither a table nor JSON
   */
  private static boolean isCsv(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    String plain = type == null ? Answer.JSON : type.toLowerCase(Locale.ROOT);
    if (plain.startsWith("text/csv")) {
      return true;
    }
    if (!plain.startsWith(Answer.JSON)) {
      throw new Problem(
          415, "Unsupported type", "a body is application/json or text/csv, in UTF-8");
    }
    return false;
  }

  /** Checks that a request may be answered. */
  void check(Request request, Route route) {
    guard.checkOrigin(request.getHeaders());
    if (!route.open()) {
      guard.checkToken(request.getHeaders());
    }
    String method = request.getMethod();
    boolean fits =
        route.method().isEmpty()
            || method.equals(route.method())
            || (method.equals("HEAD") && route.method().equals("GET"));
    if (!fits) {
      throw new Problem(405, "Other method needed", "this path takes " + route.method());
    }
  }
}
