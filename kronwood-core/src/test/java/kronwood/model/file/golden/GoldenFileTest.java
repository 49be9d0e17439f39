package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileFixtures;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Model files are read for ever; what they predict is tested for each by hand. */
class GoldenFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(GoldenFile.class)
  void itIsRead(GoldenFile golden) throws IOException {
    ModelFileFixtures.assertSame(golden.model(), ModelFile.load(golden.copyTo(folder)));
  }

  /** Holds as long as its version is written for such a model; goes for one that no longer is. */
  @ParameterizedTest
  @EnumSource(GoldenFile.class)
  void itIsWrittenAsItWas(GoldenFile golden) throws IOException {
    Path again = folder.resolve("again.kron");
    ModelFile.save(golden.model(), again);
    assertEquals(-1, Files.mismatch(golden.copyTo(folder), again));
  }
}
