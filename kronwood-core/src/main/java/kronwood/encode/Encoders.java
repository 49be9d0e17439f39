package kronwood.encode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/** The encoders there are: those of this package, and those found as services. */
public final class Encoders {
  private static final Map<String, EncoderType> OWN =
      byKey(
          List.of(
              new NumericType(),
              new CategoricalType(),
              new TextType(),
              new SequenceType(),
              new VectorType()));

  /** Looked for when a type is asked for that is not our own: it opens all jars there are. */
  private static final class Services {
    static final Map<String, EncoderType> FOUND = byKey(ServiceLoader.load(EncoderType.class));
  }

  private Encoders() {}

  private static Map<String, EncoderType> byKey(Iterable<EncoderType> types) {
    Map<String, EncoderType> byKey = new LinkedHashMap<>();
    for (EncoderType type : types) {
      byKey.putIfAbsent(type.key(), type);
    }
    return byKey;
  }

  private static @Nullable EncoderType find(String key) {
    EncoderType own = OWN.get(key);
    return own == null ? Services.FOUND.get(key) : own;
  }

  /** Whether there is a type of that name. */
  public static boolean has(String key) {
    return find(key) != null;
  }

  /** Names of all types, sorted. */
  public static List<String> keys() {
    TreeSet<String> keys = new TreeSet<>(OWN.keySet());
    keys.addAll(Services.FOUND.keySet());
    return List.copyOf(keys);
  }

  /**
   * The type of that name.
   *
   * @throws InputException naming those there are, if there is none
   */
  public static EncoderType type(String key) {
    EncoderType type = find(key);
    if (type == null) {
      throw new InputException(
          "there is no encoder '"
              + key
              + "' here, only "
              + String.join(", ", keys())
              + "; it may be of a newer Kronwood or of a module that is missing");
    }
    return type;
  }

  /**
   * Checks the names of the options.
   *
   * @throws InputException if there is no such type or it has no such option
   */
  public static void check(Encoding encoding) {
    EncoderType type = type(encoding.type());
    for (String option : encoding.options().keySet()) {
      if (!type.options().contains(option)) {
        throw new InputException(
            "encoder '"
                + encoding.type()
                + "' has no option '"
                + option
                + "', its options are "
                + (type.options().isEmpty()
                    ? "none"
                    : String.join(", ", new TreeSet<>(type.options()))));
      }
    }
  }

  /**
   * Fits an encoder on the training rows, after all rows were checked.
   *
   * @throws InputException as {@link #check} and {@link EncoderType#fit}, or if a cell is wrong,
   *     naming row and column from 1
   */
  public static Encoder fit(Encoding encoding, Cells cells, int[] training) {
    check(encoding);
    checkCells(encoding, cells);
    return type(encoding.type()).fit(encoding, cells, training);
  }

  /**
   * Checks all cells.
   *
   * @throws InputException if one is wrong, naming row and column from 1
   */
  static void checkCells(Encoding encoding, Cells cells) {
    EncoderType type = type(encoding.type());
    for (int e = 0; e < cells.entities(); e++) {
      for (int c = 0; c < cells.columns(); c++) {
        @Nullable String problem = type.problem(encoding, cells.cell(e, c));
        if (problem != null) {
          throw new InputException(
              "row "
                  + (e + 1)
                  + (cells.columns() == 1 ? "" : ", column " + (c + 1))
                  + ": "
                  + problem);
        }
      }
    }
  }

  /**
   * The encoder that had this state.
   *
   * @throws InputException if there is no such type here, or the state is incomplete
   */
  public static Encoder restore(EncoderState state) {
    return type(state.type()).restore(state);
  }

  /**
   * An option that must be a whole number.
   *
   * @throws InputException if it is not, or out of range
   */
  public static int whole(Encoding encoding, String option, int otherwise, int least, int most) {
    String text = encoding.options().get(option);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new InputException(expected(encoding, option, least, most), e);
    }
    throw new InputException(expected(encoding, option, least, most));
  }

  private static String expected(Encoding encoding, String option, int least, int most) {
    return "encoder '"
        + encoding.type()
        + "': "
        + option
        + " is '"
        + encoding.options().get(option)
        + "', expected a whole number from "
        + least
        + " to "
        + most;
  }

  /**
   * An option that must be one of some names.
   *
   * @throws InputException if it is not
   */
  public static String oneOf(Encoding encoding, String option, List<String> names) {
    String value = encoding.options().getOrDefault(option, names.getFirst());
    if (!names.contains(value)) {
      throw new InputException(
          "encoder '"
              + encoding.type()
              + "': "
              + option
              + " is '"
              + value
              + "', expected "
              + String.join(" or ", names));
    }
    return value;
  }
}
