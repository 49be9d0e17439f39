package kronwood.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The target of the fuzzer takes its seeds, and what it found once, also cut off anywhere. */
class FuzzedRequestTest {
  @Test
  void seedsAndFormerFindingsAreAnsweredOrRefused() throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(FuzzedRequest.class.getResource("/fuzzed-requests")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> seeds = files.toList();
      assertTrue(seeds.size() >= 12, seeds::toString);
      for (Path seed : seeds) {
        byte[] bytes = Files.readAllBytes(seed);
        for (int length = 0; length <= bytes.length; length++) {
          FuzzedRequest.fuzzerTestOneInput(Arrays.copyOf(bytes, length));
        }
      }
    }
  }
}
