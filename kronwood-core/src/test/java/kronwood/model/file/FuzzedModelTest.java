package kronwood.model.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import kronwood.model.file.golden.GoldenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The target of the fuzzer takes its seeds, and gets past the digest. */
class FuzzedModelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aSeedIsAModel(GoldenFile seed) throws IOException {
    FuzzedModel.fuzzerTestOneInput(Files.readAllBytes(seed.copyTo(folder)));
  }

  @ParameterizedTest
  @EnumSource
  void aChangedTensorGetsADigestThatFits(GoldenFile seed) throws IOException {
    Path file = seed.copyTo(folder);
    byte[] bytes = Files.readAllBytes(file);
    byte[] changed = bytes.clone();
    changed[changed.length - 1] ^= 1;
    Files.write(file, changed);
    assertThrows(ModelFormatException.class, () -> ModelFile.load(file));
    Files.write(file, FuzzedModel.withDigest(changed));
    FuzzedModel.check(file);
    assertEquals(-1, Arrays.mismatch(bytes, FuzzedModel.withDigest(bytes)));
  }

  @Test
  void anyBytesAreTaken() throws IOException {
    FuzzedModel.fuzzerTestOneInput(new byte[0]);
    FuzzedModel.fuzzerTestOneInput(new byte[300]);
  }
}
