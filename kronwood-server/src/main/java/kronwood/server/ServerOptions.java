package kronwood.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import kronwood.fault.InputException;

/**
 * Where a service listens, who may ask, and how much it takes.
 *
 * @param host address or name of the interface to listen on
 * @param port TCP port, 0 for any free one
 * @param token what clients must send as {@code Authorization: Bearer TOKEN}, empty for nothing
 * @param basePath what all paths begin with behind a proxy, such as {@code /models/affinity}; empty
 *     for nothing
 * @param threads predictions that are made at a time
 * @param limits how much is taken of a client
 * @param cacheBytes memory for what is predicted in advance, and for weights contracted with an
 *     entity
 */
public record ServerOptions(
    String host,
    int port,
    String token,
    String basePath,
    int threads,
    Limits limits,
    long cacheBytes) {

  /** Port that services of the Open Inference Protocol usually have. */
  public static final int DEFAULT_PORT = 8080;

  private static final int SHORTEST_TOKEN = 16;

  /**
   * How much is taken of a client; more is refused.
   *
   * @param bodyBytes bytes of a body, packed or unpacked
   * @param rows rows of a request
   * @param top rows of a ranking
   * @param waiting requests that wait for a prediction thread; more get the status 503
   * @param connections open connections
   * @param patience how long a client may take to send a request, and how long a request may wait
   */
  public record Limits(
      int bodyBytes, int rows, int top, int waiting, int connections, Duration patience) {
    /** 16 MB, 100,000 rows, 1,000 ranked, 256 waiting, 1,000 connections, 20 seconds. */
    public static final Limits DEFAULT =
        new Limits(16 << 20, 100_000, 1_000, 256, 1_000, Duration.ofSeconds(20));
  }

  /**
   * Checks what can be checked before anything is opened.
   *
   * @throws InputException if the host has no address, the port is out of range, the token is too
   *     short, the path is none, or the address is reachable from other machines and there is no
   *     token
   */
  public ServerOptions {
    if (port < 0 || port > 0xFFFF) {
      throw new InputException("port is " + port + ", expected a number from 0 to 65535");
    }
    if (threads < 1) {
      throw new InputException("threads are " + threads + ", expected at least 1");
    }
    if (!token.isEmpty() && (token.length() < SHORTEST_TOKEN || !token.matches("[!-~]+"))) {
      throw new InputException(
          "the token must be at least "
              + SHORTEST_TOKEN
              + " letters, digits or signs without spaces");
    }
    if (!basePath.isEmpty() && !basePath.matches("(/[A-Za-z0-9._~-]+)+")) {
      throw new InputException(
          "base path is '" + basePath + "', expected a path such as /models/affinity");
    }
    if (!isLoopback(host) && token.isEmpty()) {
      throw new InputException(
          "host "
              + host
              + " can be reached from other machines, and anybody there could ask: give a token");
    }
  }

  /** On port 8080 of this machine, for its users, with a tenth of the heap for caches. */
  public static ServerOptions local() {
    return new ServerOptions(
        "127.0.0.1",
        DEFAULT_PORT,
        "",
        "",
        Runtime.getRuntime().availableProcessors(),
        Limits.DEFAULT,
        Runtime.getRuntime().maxMemory() / 10);
  }

  /** The same on another port. */
  public ServerOptions withPort(int other) {
    return new ServerOptions(host, other, token, basePath, threads, limits, cacheBytes);
  }

  /** The same with a token. */
  public ServerOptions withToken(String other) {
    return new ServerOptions(host, port, other, basePath, threads, limits, cacheBytes);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(Limits other) {
    return new ServerOptions(host, port, token, basePath, threads, other, cacheBytes);
  }

  /** The same with paths that begin otherwise. */
  public ServerOptions withBasePath(String other) {
    return new ServerOptions(host, port, token, other, threads, limits, cacheBytes);
  }

  /** The same with another number of threads. */
  public ServerOptions withThreads(int other) {
    return new ServerOptions(host, port, token, basePath, other, limits, cacheBytes);
  }

  /** The same with another budget of caches. */
  public ServerOptions withCacheBytes(long other) {
    return new ServerOptions(host, port, token, basePath, threads, limits, other);
  }

  /** Whether only programs on this machine can connect. */
  boolean isLoopback() {
    return isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InputException("host '" + host + "' has no address", e);
    }
  }
}
