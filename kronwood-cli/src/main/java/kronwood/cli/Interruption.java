package kronwood.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;

/**
 * Turns the first Ctrl-C (or signal TERM) into a request to stop, and the second into an end at
 * once.
 *
 * <p>A shutdown hook cannot do this: once hooks run, the virtual machine takes no notice of a
 * second Ctrl-C. {@code sun.misc.Signal} of the module {@code jdk.unsupported} can; it is called by
 * reflection since javac warns of its name. Where it is missing, Ctrl-C ends the process at once,
 * as it does before {@link #watch} and after {@link #close}.
 */
final class Interruption implements StopSignal, AutoCloseable {
  /** How one signal was handled before. */
  private record Previous(Object signal, Object handler) {}

  private final Streams streams;
  private final List<Previous> previous = new ArrayList<>();
  private final AtomicInteger exitCode = new AtomicInteger();

  /** Does nothing before {@link #watch}. */
  Interruption(Streams streams) {
    this.streams = streams;
  }

  /** Starts to watch for signals: now there is something to save. */
  void watch() {
    handle("INT", ExitCodes.INTERRUPTED);
    handle("TERM", ExitCodes.TERMINATED);
  }

  /** Calls {@link #watch} when a training starts. */
  TrainingListener watchOnceStarted() {
    return event -> {
      if (event instanceof TrainingEvent.Started) {
        watch();
      }
    };
  }

  /** Whether there was a signal. */
  @Override
  public boolean isStopRequested() {
    return exitCode.get() != 0;
  }

  /** What the process should end with; 0 without a signal. */
  int exitCode() {
    return exitCode.get();
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
    if (!exitCode.compareAndSet(0, code)) {
      Runtime.getRuntime().halt(code);
    }
    streams.err().println();
    streams.say(
        "stopping: this batch is finished and the model saved; "
            + (name.equals("INT") ? "Ctrl-C again ends" : "a second signal ends")
            + " at once, without saving");
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
