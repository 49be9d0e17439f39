package kronwood.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.file.TemporaryPath;
import kronwood.train.StopSignal;

/**
 * Turns the first Ctrl-C (or signal TERM or HUP) into a request to stop, and a later one into an
 * end at once. While there is nothing to save yet, the first is an end at once too.
 *
 * <p>A second signal within a second of the first is the same one: who ends a program may signal
 * it, and then its group.
 *
 * <p>A shutdown hook cannot do this: once hooks run, the virtual machine takes no notice of a
 * second Ctrl-C. {@code sun.misc.Signal} of the module {@code jdk.unsupported} can; it is called by
 * reflection since javac warns of its name. Where it is missing, Ctrl-C ends the process at once,
 * as it does before {@link #watch} and after {@link #close}.
 */
final class Interruption implements StopSignal, AutoCloseable {
  /** How one signal was handled before. */
  private record Previous(Object signal, Object handler) {}

  /** What a signal finds. */
  enum Phase {
    /** Data are read, or a training is made ready. */
    NOTHING_TO_SAVE,
    /** Choices are made, and there is a linear model. */
    CHOOSING,
    /** The network learns. */
    LEARNING,
    /** The model is saved, and is being measured. */
    SAVED
  }

  private static final long SAME_SIGNAL_NANOS = 1_000_000_000;

  private final Streams streams;
  private final List<Previous> previous = new ArrayList<>();
  private Phase phase = Phase.NOTHING_TO_SAVE;
  private int exitCode;
  private long firstAt;

  /** Does nothing before {@link #watch}. */
  Interruption(Streams streams) {
    this.streams = streams;
  }

  /** Starts to watch for signals. */
  void watch() {
    handle("INT", ExitCodes.INTERRUPTED);
    handle("TERM", ExitCodes.TERMINATED);
    handle("HUP", ExitCodes.HUNG_UP);
  }

  /** A signal finds something else from now on. */
  synchronized void reached(Phase now) {
    phase = now;
  }

  /** Whether there was a signal. */
  @Override
  public synchronized boolean isStopRequested() {
    return exitCode != 0;
  }

  /** What the process should end with; 0 without a signal. */
  synchronized int exitCode() {
    return exitCode;
  }

  private void handle(String name, int code) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      MethodHandle handler =
          MethodHandles.insertArguments(
              MethodHandles.lookup()
                  .bind(this, "received", methodType(void.class, String.class, int.class)),
              0,
              name,
              code);
      Object installed =
          MethodHandleProxies.asInterfaceInstance(
              handlerType, MethodHandles.dropArguments(handler, 0, signalType));
      previous.add(new Previous(signal, install(signal, installed)));
    } catch (ReflectiveOperationException e) {
      System.getLogger("kronwood.cli")
          .log(System.Logger.Level.DEBUG, "signal " + name + " cannot be handled", e);
    }
  }

  private static Object install(Object signal, Object handler) throws ReflectiveOperationException {
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), handlerType)
        .invoke(null, signal, handler);
  }

  /** Called by {@code sun.misc.Signal}, on a thread of its own. */
  void received(String name, int code) {
    Phase found;
    boolean first;
    synchronized (this) {
      found = phase;
      first = exitCode == 0;
      if (first) {
        exitCode = code;
        firstAt = System.nanoTime();
      } else if (System.nanoTime() - firstAt < SAME_SIGNAL_NANOS) {
        return;
      }
    }
    streams.err().println();
    if (!first) {
      streams.say(
          found == Phase.SAVED
              ? "ended; the model is saved, but was not measured"
              : "ended at once; nothing was saved");
      TemporaryPath.deleteAll();
      Runtime.getRuntime().halt(code);
    }
    String again = name.equals("INT") ? "Ctrl-C again" : "another signal";
    switch (found) {
      case NOTHING_TO_SAVE -> {
        streams.say("stopped; nothing was saved: training had not begun");
        System.exit(code);
      }
      case CHOOSING ->
          streams.say(
              "stopping: the best linear model so far is fitted to all training rows and saved; "
                  + again
                  + " ends at once, without saving");
      case LEARNING ->
          streams.say(
              "stopping: this batch is finished and the model saved; "
                  + again
                  + " ends at once, without saving");
      case SAVED ->
          streams.say(
              "stopping: the model is saved and being measured; " + again + " ends at once");
    }
  }

  /** Handles signals as before. */
  @Override
  public void close() {
    for (Previous earlier : previous) {
      try {
        install(earlier.signal, earlier.handler);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot restore the handling of " + earlier.signal, e);
      }
    }
  }
}
