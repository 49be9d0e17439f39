package kronwood.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import kronwood.file.TemporaryPath;
import kronwood.model.Model;
import kronwood.model.file.ModelFile;

/**
 * A model file in memory, to be sent to executors and to be saved: the bytes of the command line.
 */
public final class ModelBytes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Chunks chunks;
  private final String sha256;

  public ModelBytes(Chunks chunks) {
    this.chunks = chunks;
    this.sha256 = sha256(chunks);
  }

  static ModelBytes of(Model model) {
    try (TemporaryPath folder = TemporaryPath.folder()) {
      Path file = folder.path().resolve("model.kron");
      ModelFile.save(model, file);
      try (InputStream in = Files.newInputStream(file)) {
        return new ModelBytes(Chunks.read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a model cannot be written to the local disk", e);
    }
  }

  /** Reads the model; the local disk holds it meanwhile. */
  public Model load() {
    try {
      Path file = Files.createTempFile("kronwood-", ".kron");
      try {
        try (OutputStream out = Files.newOutputStream(file)) {
          chunks.writeTo(out);
        }
        return ModelFile.load(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a model cannot be read: " + e.getMessage(), e);
    }
  }

  public Chunks chunks() {
    return chunks;
  }

  /** SHA-256 of the file, hexadecimal. */
  public String sha256() {
    return sha256;
  }

  public static String sha256(Chunks chunks) {
    try (DigestOutputStream out =
        new DigestOutputStream(
            OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      chunks.writeTo(out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
