package kronwood.io.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The target of the fuzzer takes its seeds, and what it found once. */
class FuzzedTableTest {
  @Test
  void seedsAndFormerFindingsAreReadOrRefused() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(FuzzedTable.class.getResource("/fuzzed-tables")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> seeds = files.toList();
      assertTrue(seeds.size() >= 8, seeds::toString);
      for (Path seed : seeds) {
        FuzzedTable.fuzzerTestOneInput(Files.readAllBytes(seed));
      }
    }
  }
}
