package kronwood.fit.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.RealArray;
import kronwood.network.NeuronRange;
import kronwood.state.StateVisitor;

/**
 * Fills the arrays of a process from what other processes saved that held the neurons in other
 * shares: it takes its own neurons out of a larger share, or puts several smaller ones together.
 * Numbers of no unit are those of the first share.
 *
 * <p>Reads each file once, from beginning to end. Memory: one array of each file.
 */
public final class SharesReader implements StateVisitor {
  private final List<ShareInput> shares;
  private final NeuronRange own;
  private final int sides;

  /** What {@link #visitPresent} read last, share by share. */
  private final List<long[]> present = new ArrayList<>();

  private String presentName = "";

  /**
   * @param shares all that have some of the neurons, by their first one
   * @param paired whether neurons have partners
   */
  public SharesReader(List<ShareInput> shares, NeuronRange own, boolean paired) {
    this.shares = shares;
    this.own = own;
    this.sides = paired ? 2 : 1;
  }

  /** Reads an array of a share. */
  @FunctionalInterface
  private interface Reading<T> {
    T from(ShareInput share) throws IOException;
  }

  private static <T> T read(ShareInput share, Reading<T> reading) {
    try {
      return reading.from(share);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void visit(String name, RealArray numbers) {
    boolean single = numbers instanceof FloatArray;
    for (int i = shares.size() - 1; i >= 0; i--) {
      RealArray read = read(shares.get(i), share -> share.real(name, single));
      copyWhole(shares.get(i), read, numbers);
    }
  }

  @Override
  public void visit(String name, double[] numbers) {
    visit(name, new DoubleArray(numbers));
  }

  @Override
  public void visit(String name, long[] numbers) {
    for (int i = shares.size() - 1; i >= 0; i--) {
      ShareInput share = shares.get(i);
      if (share.length() != numbers.length) {
        throw share.misfit("'%s' of %d numbers".formatted(name, numbers.length));
      }
      long[] read = read(share, s -> s.longs(name));
      System.arraycopy(read, 0, numbers, 0, numbers.length);
    }
  }

  @Override
  public void visitUnits(String name, int width, RealArray numbers) {
    boolean single = numbers instanceof FloatArray;
    for (int i = 0; i < shares.size(); i++) {
      ShareInput share = shares.get(i);
      if (isAbsent(i, name)) {
        continue;
      }
      RealArray read = read(share, s -> s.real(name, single));
      if (share.range().equals(own)) {
        copyWhole(share, read, numbers);
        continue;
      }
      for (int unit = 0; unit * width < read.length(); unit++) {
        int place = place(share.range(), unit, 1);
        if (place >= 0) {
          copy(read, unit * width, numbers, place * width, width);
        }
      }
    }
  }

  @Override
  public void visitUnits(String name, int width, double[] numbers) {
    visitUnits(name, width, new DoubleArray(numbers));
  }

  @Override
  public void visitArraysOfUnits(String name, int each, RealArray[] arrays) {
    int filled = 0;
    for (ShareInput share : shares) {
      for (int i = 0; share.isNext(name + "." + i); i++) {
        int index = i;
        int place = share.range().equals(own) ? i : place(share.range(), i, each);
        boolean single = place < 0 ? arrays[0] instanceof FloatArray : isSingle(arrays, place);
        RealArray read = read(share, s -> s.real(name + "." + index, single));
        if (place >= arrays.length) {
          throw share.misfit("an array of " + arrays.length + " called " + name);
        }
        if (place >= 0) {
          copyWhole(share, read, arrays[place]);
          filled++;
        }
      }
    }
    if (filled != arrays.length) {
      throw shares
          .getFirst()
          .misfit("'%s' of %d arrays, not %d,".formatted(name, arrays.length, filled));
    }
  }

  private static boolean isSingle(RealArray[] arrays, int place) {
    return arrays[Math.min(place, arrays.length - 1)] instanceof FloatArray;
  }

  /** An array is there if any share has it; where a share has none, its numbers stay 0. */
  @Override
  public void visitPresent(String name, long[] numbers) {
    present.clear();
    presentName = name;
    for (ShareInput share : shares) {
      if (share.length() != numbers.length) {
        throw share.misfit("'%s' of %d numbers".formatted(name, numbers.length));
      }
      long[] read = read(share, s -> s.longs(name + ".present"));
      present.add(read);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Math.max(numbers[i], read[i]);
      }
    }
  }

  private boolean isAbsent(int share, String name) {
    int number = name.lastIndexOf('.') + 1;
    boolean listed =
        number > 0
            && name.substring(0, number - 1).equals(presentName)
            && Character.isDigit(name.charAt(number));
    return listed && present.get(share)[Integer.parseInt(name.substring(number))] == 0;
  }

  /**
   * Where the units of an array of a share are here.
   *
   * @param index of the array, or of the unit if each is 1
   * @param each units of an array
   * @return −1 if they are not here
   */
  private int place(NeuronRange range, int index, int each) {
    int side = range.size() / each;
    int ownSide = own.size() / each;
    if (index >= sides * side) {
      boolean linear = range.from() == 0 && own.from() == 0;
      return linear ? sides * ownSide + index - sides * side : -1;
    }
    int distinct = range.from() / each + index % side - own.from() / each;
    return distinct < 0 || distinct >= ownSide ? -1 : index / side * ownSide + distinct;
  }

  private static void copyWhole(ShareInput share, RealArray from, RealArray to) {
    if (from.length() != to.length()) {
      throw share.misfit(
          "an array of %d numbers after one of %d".formatted(to.length(), from.length()));
    }
    copy(from, 0, to, 0, from.length());
  }

  private static void copy(RealArray from, int at, RealArray to, int place, int count) {
    switch (from) {
      case FloatArray(float[] numbers) ->
          System.arraycopy(numbers, at, ((FloatArray) to).values(), place, count);
      case DoubleArray(double[] numbers) ->
          System.arraycopy(numbers, at, ((DoubleArray) to).values(), place, count);
    }
  }

  /** Nothing else was shown. */
  public void end() {
    shares.forEach(ShareInput::end);
  }
}
