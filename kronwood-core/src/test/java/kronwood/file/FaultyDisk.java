package kronwood.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that fails: at a call that was counted to, or when it is full. */
public final class FaultyDisk implements AtomicFile.Disk {
  /** What can happen instead of a call. */
  @FunctionalInterface
  public interface Fault {
    /** Throws. */
    void happen() throws IOException;
  }

  private final int failing;
  private final Fault fault;
  private final AtomicInteger calls = new AtomicInteger();
  private long free;

  private FaultyDisk(int failing, Fault fault, long free) {
    this.failing = failing;
    this.fault = fault;
    this.free = free;
  }

  /** The call of that number fails, counted from 1. */
  public static FaultyDisk failingAt(int call, Fault fault) {
    return new FaultyDisk(call, fault, Long.MAX_VALUE);
  }

  /** So many bytes fit; of what does not, what fits is written. */
  public static FaultyDisk of(long bytes) {
    return new FaultyDisk(-1, () -> {}, bytes);
  }

  /** How often something was asked of the disk. */
  public int calls() {
    return calls.get();
  }

  /** Has files written to this disk meanwhile. */
  public void during(Runnable work) {
    ScopedValue.where(AtomicFile.Disk.BOUND, this).run(work);
  }

  private void call() throws IOException {
    if (calls.incrementAndGet() == failing) {
      fault.happen();
    }
  }

  @Override
  public RandomAccessFile create(Path file) throws IOException {
    call();
    Files.createFile(file);
    return new RandomAccessFile(file.toFile(), "rw") {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        call();
        int fits = (int) Math.min(free, length);
        super.write(bytes, from, fits);
        free -= fits;
        if (fits < length) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void seek(long position) throws IOException {
        call();
        super.seek(position);
      }
    };
  }

  @Override
  public void force(RandomAccessFile file) throws IOException {
    call();
    AtomicFile.Disk.SYSTEM.force(file);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    call();
    AtomicFile.Disk.SYSTEM.move(from, to);
  }
}
