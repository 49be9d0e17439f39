package kronwood.chem;

import org.openscience.cdk.tools.ILoggingTool;

/**
 * Takes the messages of the Chemistry Development Kit and forgets them: what matters of them is in
 * its exceptions, and standard error belongs to Kronwood. Public only because the kit makes it by
 * reflection.
 */
public final class NoLog implements ILoggingTool {
  private NoLog() {}

  /** Called by the kit. */
  public static ILoggingTool create(Class<?> source) {
    return new NoLog();
  }

  @Override
  public void dumpSystemProperties() {}

  @Override
  public void setStackLength(int length) {}

  @Override
  public void dumpClasspath() {}

  @Override
  public void debug(Object message) {}

  @Override
  public void debug(Object message, Object... more) {}

  @Override
  public void error(Object message) {}

  @Override
  public void error(Object message, Object... more) {}

  @Override
  public void fatal(Object message) {}

  @Override
  public void info(Object message) {}

  @Override
  public void info(Object message, Object... more) {}

  @Override
  public void warn(Object message) {}

  @Override
  public void warn(Object message, Object... more) {}

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public void setLevel(int level) {}

  @Override
  public int getLevel() {
    return ILoggingTool.OFF;
  }
}
