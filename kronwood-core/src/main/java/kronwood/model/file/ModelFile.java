package kronwood.model.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import kronwood.file.AtomicFile;
import kronwood.json.Json;
import kronwood.model.Model;
import kronwood.safetensors.SafetensorsException;
import kronwood.safetensors.SafetensorsReader;
import kronwood.safetensors.SafetensorsWriter;

/**
 * Models in files.
 *
 * <p>A model file is a safetensors file, so that any reader of that format can read its tensors: 8
 * bytes, little-endian, the length of the header; the header, JSON in UTF-8, padded with spaces to
 * a multiple of 8 bytes, at most 8 MiB; then the tensors' elements, row-major, little-endian,
 * without holes, ordered by element size, the largest first, then by name.
 *
 * <pre>
 * {"__metadata__": {
 *    "sha256": "…",            SHA-256 of the file with these 64 characters replaced by '0'
 *    "format": "kronwood",
 *    "format_version": "1",
 *    "kronwood": "{…}"},       JSON again, below
 *  "weights": {"dtype": "F32", "shape": [m, rank_1, …, rank_K], "data_offsets": [begin, end]}, …}
 * </pre>
 *
 * Tensors, for m neurons, C outputs, K modes, and each table t = 0, 1, … of n entities whose map
 * takes d columns to rank coordinates, the last of which is the constant if there is one:
 *
 * <pre>
 * weights                      F32 [m, rank_1, …, rank_K]
 * output                       F32 [C, m]
 * linear                       F32 [C, rank_1, …, rank_K]   from version 2 on, with a linear skip
 * settings.linear              F32 [C for each setting that has it, ranks] of {@link kronwood.model.SettingWeights SettingWeights}
 * table.t.training             I32 [N]          the entities that occur in training samples; may
 *                                               be missing, but if the structure is cartesian
 * comparison.mean, .scale      F64 [2 p + 1]    from version 4 on, if the structure is comparison,
 *                                               of entities with p coordinates or more
 * target.offset, target.scale  F64 [C]          prediction = link(offset + scale · f)
 *   of an ensemble, linear and target have E · C rows for C, that of output c of member e being
 *   e · C + c, and the neurons of each member follow each other
 * table.t.coordinates          F32 [n, rank]
 * table.t.ids                  U8  [bytes]      UTF-8, one after the other
 * table.t.id_offsets           I64 [n + 1]      id i: byte id_offsets[i] until id_offsets[i + 1]
 * table.t.columns              U8  [bytes]      names of the columns, in the same way
 * table.t.column_offsets       I64 [d + 1]
 *   a map of kind direct, u_i = scale · (φ − mean)[kept_i]:
 * table.t.map.mean             F64 [d]
 * table.t.map.kept             I32 [coordinates without the constant]
 *   of kind pivot, u = scale · lower⁻¹ · ((pivots − mean) (φ − mean)):
 * table.t.map.mean             F64 [d]
 * table.t.map.lower            F64 [p, p]       zero above the diagonal
 * table.t.map.pivots           F32 [p, d]       if they are dense, or, if sparse:
 * table.t.map.pivots.row_start I64 [p + 1]      row i: value row_start[i] until row_start[i + 1]
 * table.t.map.pivots.column    I32 [values]
 * table.t.map.pivots.value     F32 [values]
 *   of kind similarity, u = matrix · g + offset:
 * table.t.map.matrix           F64 [coordinates without the constant, d]
 * table.t.map.offset           F64 [coordinates without the constant]
 *   of kind blocks, for N training entities u = matrix · g + offset with
 *   g_j = Σ_b scale_b · k_b(e, j), and block b of d_b columns:
 * table.t.map.projection.matrix, .offset        as those of a similarity, with N columns
 *     of a block of features:
 * table.t.map.block.b.centre   F64 [d_b]        subtracted from each vector
 * table.t.map.block.b.references                features of the N entities, stored like pivots
 *     of a block of profiles the same, with a column for each entity of the other modes' tables
 *     and of one of features that is encoded, besides:
 * table.t.map.block.b.encoder.terms, .term_offsets, .numbers
 *   of kind identity, from version 8 on, of N training entities, u = own · e_{i+1} + shared · e_0 of
 *   training entity i, and unknown · e_0 of any other: table.t.training is there, no coordinates are,
 *   and neither are weights nor linear, but
 * entries.index                I64 [n]          row-major positions in the shape of weights, increasing
 * entries.weights              F32 [n, m]       weights of the m neurons there
 * entries.seeds                I64 [m]          all other weights are those of {@link
 *                                               kronwood.math.NormalNumbers} of seed and position
 *   of kind components, from version 3 on, u = components · (coordinates of the base without its
 *   constant), with the tensors of the base, of another kind, under table.t.map.base:
 * table.t.map.components       F64 [coordinates without the constant, those of the base]
 * </pre>
 *
 * The rest, as {@code "kronwood"}; a real number is null if it is NaN, and {@code "Infinity"} or
 * {@code "-Infinity"} if it is infinite:
 *
 * <pre>
 * {"modes": [{"name": "left", "table": 0}, …],
 *  "tables": [{"name": "left", "map": {"kind": "direct", "scale": 1.0, "constant": 0.7}}, …],
 *      or "map": {"kind": "pivot", "pivots": "dense" or "sparse", "scale": …, "constant": …}
 *      or "map": {"kind": "similarity", "constant": …}
 *      or "map": {"kind": "blocks", "projection": {"kind": "similarity", "constant": …,
 *                                                  "columns": N}, "blocks":
 *           [{"kind": "features", "name": …, "weight": …, "scale": …, "columns": …,
 *             "kernel": "gaussian", "bandwidth": …, "references": "dense" or "sparse",
 *             "width": 0.5},    if the bandwidth is not the median distance, but this times it
 *            {"kind": "encoded", …, "encoder": {"type": …, "settings": {…}}},
 *            {"kind": "similarity", "name": …, "weight": …, "scale": …},
 *            {"kind": "profile", …},    as features, from version 7 on
 *            {"kind": "identity", "weight": …, "scale": …}]}
 *      or "map": {"kind": "identity", "weight": …, "own": …, "shared": …, "unknown": …}
 *      or "map": {"kind": "components", "constant": …, "base": {"kind": …}}
 *  "structure": {"kind": "symmetric", "scale": 0.7},    from version 3 on, if it is not plain
 *      or {"kind": "comparison", "constant": 0.7}       from version 4 on
 *  "shift": 1.5,
 *  "ensemble": {"members": 4, "calibration": [{"factor": 1.5, "variance": 0.2}, …]},
 *      from version 3 on, of an ensemble; sd² = factor · s² + variance for each output, or nothing
 *  "target": {"loss": {"key": "huber", "delta": 1.0}, "names": ["affinity"], "classes": []},
 *      "delta" with "huber" only
 *  "settings": [{"new": [], "network": 0.9, "offset": [0.0], "linear": true,
 *                "spread": [{"factor": 2.5, "variance": 0.4}, …]}, …],    spread from version 9 on
 *      from version 6 on, of {@link Model#settings}; settings.linear has C rows for each that has one
 *  "others": {…},    from version 7 on, {@link Model#others} as an object like this one; the names
 *      of its tensors begin with "others."
 *  "provenance": {"facts": {"seed": "1", …}, "metrics": {"test": {"mse": 0.25, …}, …}}}
 * </pre>
 *
 * What a reader does not know it ignores; the version rises when what it knows changes its meaning:
 * 2, {@code f_c} has the further term {@code ⟨linear_c, x⟩}, and maps may be of kind blocks; 3,
 * maps may be of kind components, the model an ensemble, and x a sum of products ({@link
 * kronwood.input.PairStructure}), weights have the shape of {@link Model#ranks}, and where outputs
 * turn their sign the activation is odd; 4, along one axis x may have the comparison of two
 * entities ({@link kronwood.input.PairComparison}); 5, of classes the offset, until then 0, is
 * added before the link; 6, the parts of the model count by setting; 7, blocks may be interaction
 * profiles; 8, maps may be of kind identity, all of them or none, with weights of single entries;
 * 9, settings may have a calibration of the spread between members. A file is written in the oldest
 * version that holds its model.
 */
public final class ModelFile {
  /** The newest format version. Written is the oldest that holds the model. */
  private static final int VERSION = 9;

  private static final String FORMAT = "kronwood";

  private ModelFile() {}

  /**
   * Saves a model. The same model gives the same bytes every time.
   *
   * <p>The file appears, or is replaced, in one step once all of it is on disk; if anything fails,
   * what was there before stays untouched. Where {@code file} is a symbolic link, the file that it
   * leads to is written. Only a program that is killed leaves something behind: a file {@code
   * .kronwood-….tmp} in the same folder, which the next one that saves there deletes. An interrupt
   * does not stop saving, so that what there is can be saved after one.
   *
   * <p>Memory: a few hundred kilobytes besides the model.
   *
   * @throws IOException if the folder does not exist, {@code file} exists but is no regular file,
   *     writing fails, or the model holds a text that UTF-8 cannot hold; the message names the file
   */
  public static void save(Model model, Path file) throws IOException {
    Path target;
    try {
      target = target(file);
    } catch (FileSystemException e) {
      throw new IOException("cannot save model '" + file + "': " + AtomicFile.reason(e), e);
    }
    try {
      AtomicFile.write(
          target,
          out -> {
            SafetensorsWriter writer = new SafetensorsWriter();
            writer.metadata("format", FORMAT);
            writer.metadata("format_version", Integer.toString(ModelFileContent.version(model)));
            ModelFileContent.write(writer, model);
            writer.writeTo(out);
          });
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("cannot save model '" + file + "': " + AtomicFile.reason(e), e);
    }
  }

  /** Where a symbolic link leads, so that the file is replaced and not the link. */
  private static Path target(Path file) throws IOException {
    Path absolute = AtomicFile.target(file);
    if (Files.isRegularFile(absolute)) {
      return absolute;
    }
    if (Files.exists(absolute)) {
      throw new IOException(
          "cannot save model '" + file + "': it exists and is no file; give another name");
    }
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "cannot save model '" + file + "': there is no folder '" + folder + "'; make it first");
    }
    return absolute;
  }

  /**
   * Loads a model. It predicts bit for bit as the saved one did.
   *
   * <p>The file is read twice: for its digest, and for its contents. Memory: the model's.
   *
   * @throws ModelFormatException if the file is no Kronwood model, truncated, corrupted, of a newer
   *     format version, or its parts do not fit together
   * @throws IOException if there is no such file, reading it fails, or it is larger than the memory
   *     that Java may take
   */
  public static Model load(Path file) throws IOException {
    return open(file).model();
  }

  /**
   * Loads a model as {@link #load} does, with the digest that its file states and fits.
   *
   * @throws ModelFormatException as {@link #load} does
   * @throws IOException as {@link #load} does
   */
  public static StoredModel open(Path file) throws IOException {
    check(file);
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      String sha256 = checked(file, reader);
      try {
        return new StoredModel(ModelFileContent.read(reader), sha256);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw ModelFormatException.inconsistent(file, e);
      }
    } catch (SafetensorsException e) {
      throw ModelFormatException.of(file, e);
    } catch (EOFException e) {
      throw ModelFormatException.corrupted(file, e.getMessage());
    }
  }

  /** Reads the layout of a file and compares the file with the digest that it states. */
  static String checked(Path file, SafetensorsReader reader) throws IOException {
    checkFormat(file, reader.metadata());
    long bytes = reader.readLayout();
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new IOException(
          "model '"
              + file
              + "' needs at least "
              + bytes
              + " bytes of memory, Java may take "
              + Runtime.getRuntime().maxMemory()
              + "; allow it more, with -Xmx");
    }
    return reader.checkDigest();
  }

  static void check(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such model file");
    }
    if (!Files.isRegularFile(file)) {
      throw ModelFormatException.notAModel(
          file, Files.isDirectory(file) ? "it is a folder" : "it is no regular file");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString(), null, "no permission to read this file");
    }
  }

  /**
   * SHA-256 of all that follows the header, hexadecimal: of the tensors, in the order in which they
   * stand. Models that were trained in the same way on another number of threads, or under other
   * names of files, have the same. Reads all of the file.
   *
   * @throws ModelFormatException if the file is no safetensors file, or truncated
   * @throws IOException if reading it fails
   */
  public static String tensorDigest(Path file) throws IOException {
    try (SafetensorsReader reader = SafetensorsReader.open(file)) {
      reader.readLayout();
      return reader.dataDigest();
    }
  }

  private static void checkFormat(Path file, Map<String, String> metadata)
      throws ModelFormatException {
    if (!FORMAT.equals(metadata.get("format"))) {
      throw ModelFormatException.notAModel(
          file, "it is a safetensors file without \"format\": \"" + FORMAT + "\"");
    }
    String version = metadata.getOrDefault("format_version", "");
    if (!version.matches("[1-9][0-9]*")) {
      throw ModelFormatException.corrupted(
          file, "its format version is '" + Json.shorten(version) + "'");
    }
    if (version.length() > 9 || Integer.parseInt(version) > VERSION) {
      throw ModelFormatException.newer(file, Json.shorten(version), VERSION);
    }
  }
}
