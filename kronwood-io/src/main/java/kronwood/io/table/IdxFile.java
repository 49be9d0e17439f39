package kronwood.io.table;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kronwood.fault.InputException;

/**
 * Reads idx files, the form that MNIST comes in: two zero bytes, a type, the number of dimensions,
 * their sizes as big-endian whole numbers, then the values with the last dimension running fastest.
 * The first dimension counts the entities.
 */
final class IdxFile {
  private static final Pattern NAME =
      Pattern.compile(".*[.\\-_]idx(\\d(-[a-z]+)?)?", Pattern.CASE_INSENSITIVE);

  private static final int MOST_DIMENSIONS = 8;
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC = 0x1F8B;

  /** Types of values by their code; those before FLOAT are whole numbers. */
  private enum Type {
    UNSIGNED_BYTE(0x08),
    BYTE(0x09),
    SHORT(0x0B),
    INT(0x0C),
    FLOAT(0x0D),
    DOUBLE(0x0E);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The next value of the stream. */
    double read(DataInputStream in) throws IOException {
      return switch (this) {
        case UNSIGNED_BYTE -> in.readUnsignedByte();
        case BYTE -> in.readByte();
        case SHORT -> in.readShort();
        case INT -> in.readInt();
        case FLOAT -> in.readFloat();
        case DOUBLE -> in.readDouble();
      };
    }
  }

  private final TableSource file;
  private final Type type;
  private final int[] sizes;

  private IdxFile(TableSource file, Type type, int[] sizes) {
    this.file = file;
    this.type = type;
    this.sizes = sizes;
  }

  /** Whether a file of this name, without {@code .gz}, is taken for one. */
  static boolean isNamed(String name) {
    return NAME.matcher(name).matches();
  }

  /** What is done with a file whose beginning has been read. */
  private interface Body<T> {
    T read(IdxFile header, DataInputStream in) throws IOException;
  }

  /**
   * Reads how a file begins.
   *
   * @throws InputException if it is no idx file
   */
  static IdxFile header(TableSource file) {
    return open(file, (header, _) -> header);
  }

  private static <T> T open(TableSource file, Body<T> body) {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(file.open(), BUFFER))) {
      return body.read(header(file, in), in);
    } catch (EOFException e) {
      throw new InputException(file + ": ends within its first bytes, expected an idx file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static IdxFile header(TableSource file, DataInputStream in) throws IOException {
    int magic = in.readInt();
    int dimensions = magic & 0xFF;
    Type type =
        Arrays.stream(Type.values())
            .filter(known -> known.code == magic >>> 8)
            .findFirst()
            .orElse(null);
    if (type == null || dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw new InputException(
          "%s: begins with the bytes %08x, expected those of an idx file, such as 00000803 for images%s"
              .formatted(
                  file,
                  magic,
                  magic >>> 16 == GZIP_MAGIC ? "; it is packed by gzip, call it .gz" : ""));
    }
    int[] sizes = new int[dimensions];
    double values = 1;
    for (int k = 0; k < dimensions; k++) {
      sizes[k] = in.readInt();
      values *= sizes[k];
      if (sizes[k] < 1 || values > Integer.MAX_VALUE - 8) {
        throw new InputException(
            "%s: has sizes %s, expected sizes from 1 on and at most 2^31 values"
                .formatted(file, text(Arrays.copyOf(sizes, k + 1))));
      }
    }
    return new IdxFile(file, type, sizes);
  }

  private static String text(int[] sizes) {
    return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
  }

  /** Entities. */
  int entities() {
    return sizes[0];
  }

  /** Sizes of the dimensions but the first: those of an image. */
  int[] shape() {
    return Arrays.copyOfRange(sizes, 1, sizes.length);
  }

  /** Values of an entity. */
  int columns() {
    int columns = 1;
    for (int size : shape()) {
      columns *= size;
    }
    return columns;
  }

  /** Whether the values are whole numbers. */
  boolean whole() {
    return type.ordinal() < Type.FLOAT.ordinal();
  }

  /**
   * Reads all values.
   *
   * @param to where they go, from {@code offset} on, row-major
   * @throws InputException if there are more or fewer than the file's beginning says, or one is not
   *     a finite number of single precision
   */
  void read(float[] to, int offset) {
    open(
        file,
        (_, in) -> {
          int values = entities() * columns();
          for (int i = 0; i < values; i++) {
            to[offset + i] = value(in, i);
          }
          if (in.read() >= 0) {
            throw new InputException(
                "%s: goes on after the %s values that it says it has, expected its end"
                    .formatted(file, text(sizes)));
          }
          return to;
        });
  }

  private float value(DataInputStream in, int position) throws IOException {
    try {
      double value = type.read(in);
      if (Float.isFinite((float) value)) {
        return (float) value;
      }
      throw new InputException(
          "%s, row %d: found %s, expected a finite number"
              .formatted(file, position / columns() + 1, value));
    } catch (EOFException e) {
      throw new InputException(
          "%s: ends in row %d of %d: it is incomplete, get it again"
              .formatted(file, position / columns() + 1, entities()),
          e);
    }
  }
}
