package kronwood.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kronwood.file.AtomicFile;
import kronwood.model.file.ModelTensors;
import kronwood.model.file.ModelTensors.Tensor;

/**
 * A model as an archive of NumPy, {@code numpy.load("model.npz")}: the arrays of the model file by
 * their names, and two texts as bytes in UTF-8, {@code kronwood} (JSON) and {@code sha256}.
 *
 * <p>No array holds Python objects: ids are bytes, and where each ends. The same model gives the
 * same bytes.
 */
public final class NpzExport {
  /** The array with the JSON text. */
  private static final String TEXT = "kronwood";

  private static final String DIGEST = "sha256";

  /** Headers are padded so that the elements begin at a multiple of this. */
  private static final int ALIGNMENT = 64;

  /** The oldest time that an archive can hold: there are no times in it. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NpzExport() {}

  /** Writes the elements of an array. */
  @FunctionalInterface
  private interface Elements {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes the archive of a model file. It appears, or is replaced, in one step. Memory: some
   * hundred kilobytes.
   *
   * @throws kronwood.model.file.ModelFormatException if {@code model} is no model file, or damaged
   * @throws IOException if reading or writing fails
   */
  public static void write(Path model, Path file) throws IOException {
    try (ModelTensors tensors = ModelTensors.open(model)) {
      AtomicFile.make(
          file,
          made -> {
            try (ZipOutputStream zip =
                new ZipOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(made), 1 << 16))) {
              addText(zip, TEXT, tensors.text());
              addText(zip, DIGEST, tensors.sha256());
              for (Tensor tensor : tensors.tensors()) {
                byte[] header = header(type(tensor.type()), tensor.shape());
                add(zip, tensor.name(), header, tensor.bytes(), out -> tensors.copy(tensor, out));
              }
            }
          });
    }
  }

  private static void addText(ZipOutputStream zip, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] header = header("|u1", List.of((long) bytes.length));
    add(zip, name, header, bytes.length, out -> out.write(bytes));
  }

  private static String type(String type) {
    boolean real = type.startsWith("F");
    int bits = Integer.parseInt(type.substring(1));
    return type.equals("U8") ? "|u1" : "<" + (real ? "f" : "i") + bits / Byte.SIZE;
  }

  /** What stands before the elements: magic number, version, length, a Python dictionary. */
  private static byte[] header(String type, List<Long> shape) {
    String lengths = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String tuple = "(" + lengths + (shape.size() == 1 ? ",)" : ")");
    String dictionary =
        String.format(
            Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type, tuple);
    int before = 10;
    int padded = Math.ceilDiv(before + dictionary.length() + 1, ALIGNMENT) * ALIGNMENT - before;
    byte[] header = new byte[before + padded];
    Arrays.fill(header, (byte) ' ');
    header[0] = (byte) 0x93;
    byte[] magic = "NUMPY".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, header, 1, magic.length);
    header[6] = 1;
    header[7] = 0;
    header[8] = (byte) padded;
    header[9] = (byte) (padded >>> Byte.SIZE);
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, before, text.length);
    header[header.length - 1] = '\n';
    return header;
  }

  /** Adds an array as it is: the elements are written twice, first for their checksum. */
  private static void add(
      ZipOutputStream zip, String name, byte[] header, long bytes, Elements elements)
      throws IOException {
    CRC32 checksum = new CRC32();
    try (OutputStream counted =
        new CheckedOutputStream(OutputStream.nullOutputStream(), checksum)) {
      counted.write(header);
      elements.writeTo(counted);
    }
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(header.length + bytes);
    entry.setCompressedSize(header.length + bytes);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(header);
    elements.writeTo(zip);
    zip.closeEntry();
  }
}
