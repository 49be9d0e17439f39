package kronwood.bench.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.io.entities.SimilarityReader;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.PairsRequest;
import kronwood.io.pairs.SplitSpec;
import kronwood.io.pairs.TargetSpec;
import kronwood.io.table.TableSource;

/**
 * Binding affinities of 68 kinase inhibitors and 442 kinases (Davis et al., Nature Biotechnology
 * 2011), read from a folder with {@code pairs.csv} (left, right, affinity, fold), {@code
 * left_similarity.csv} and {@code right_similarity.csv}.
 */
final class Davis {
  private Davis() {}

  /** Whether the folder holds the three tables. */
  static boolean isIn(Path folder) {
    return List.of("pairs.csv", "left_similarity.csv", "right_similarity.csv").stream()
        .allMatch(name -> Files.isReadable(folder.resolve(name)));
  }

  /** The pairs outside the test fold. */
  static Dataset read(Path folder) {
    PairsRequest request =
        new PairsRequest(
            source(folder, "pairs.csv"),
            ModeSpec.parseAll("left,right"),
            Map.of("left", similarities(folder, "left"), "right", similarities(folder, "right")),
            TargetSpec.real(List.of("affinity")),
            new SplitSpec("fold <> 'test'", null, null));
    return PairsReader.read(request).dataset();
  }

  private static EntityTable similarities(Path folder, String name) {
    return SimilarityReader.read(
        source(folder, name + "_similarity.csv"), name, List.of(name), false, _ -> {});
  }

  private static TableSource source(Path folder, String file) {
    return TableSource.parse(folder.resolve(file).toString());
  }

  /** Every {@code step}-th of the samples. */
  static Dataset thin(Dataset data, int step) {
    int[] selected = new int[(data.samples().size() + step - 1) / step];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = i * step;
    }
    return Dataset.of(data.modes(), data.samples().select(selected));
  }
}
