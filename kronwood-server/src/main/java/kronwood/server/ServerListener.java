package kronwood.server;

/** Hears what happens in a service, for its log. Called by several threads. */
public interface ServerListener {
  /** Says nothing. */
  ServerListener NONE = new ServerListener() {};

  /** Another model answers from now on. */
  default void reloaded(String sha256) {}

  /** A model file was not taken; the model before it goes on answering. */
  default void refused(String why) {}

  /** A request failed for a reason that is not the client's. */
  default void failed(Throwable failure) {}
}
