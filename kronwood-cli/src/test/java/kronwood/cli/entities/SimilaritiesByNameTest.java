package kronwood.cli.entities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of two similarity matrices, given again for prediction. */
class SimilaritiesByNameTest {
  private @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void train() throws IOException {
    data = TinyData.in(folder);
    // The second matrix: that of the entities in reverse, so that a1 is what a12 is in the first.
    String reversed = data.read("left_similarity.csv");
    for (int e = 1; e <= 12; e++) {
      reversed = reversed.replaceAll("\\ba" + e + "\\b", "b" + (13 - e));
    }
    data.write("other.csv", reversed.replaceAll("\\bb", "a"));
    Run.well(data.train(similarity("left_similarity.csv"), similarity("other.csv")));
    Files.createDirectory(folder.resolve("new"));
    for (String name : List.of("left_similarity.csv", "other.csv")) {
      String renamed = data.read(name).replaceAll("(?m)^a", "new_a");
      data.write("new/" + name, renamed);
      data.write("renamed_" + name, renamed);
    }
  }

  private String similarity(String file) {
    return "--similarity=left=" + data.path(file);
  }

  private Run predict(String... similarities) {
    List<String> args = new ArrayList<>(List.of("predict", "--grid"));
    args.add("--model=" + data.path("model.kron"));
    args.addAll(List.of(similarities));
    return Run.well(args.toArray(String[]::new));
  }

  @Test
  void matricesAreMatchedByTheNamesOfTheirFilesInAnyOrder() {
    Run inOrder = predict(similarity("new/left_similarity.csv"), similarity("new/other.csv"));
    Run swapped = predict(similarity("new/other.csv"), similarity("new/left_similarity.csv"));

    assertEquals(inOrder.out(), swapped.out());
    assertFalse(swapped.err().contains("the order alone"), swapped.err());
  }

  @Test
  void matricesOfOtherNamesAreTakenInOrderWithAWarning() {
    Run named = predict(similarity("new/left_similarity.csv"), similarity("new/other.csv"));
    Run ordered =
        predict(similarity("renamed_left_similarity.csv"), similarity("renamed_other.csv"));
    Run swapped =
        predict(similarity("renamed_other.csv"), similarity("renamed_left_similarity.csv"));

    assertEquals(named.out(), ordered.out());
    assertNotEquals(named.out(), swapped.out());
    assertTrue(
        ordered.err().contains("renamed_other.csv as similarity 2 (other.csv)"), ordered.err());
  }

  @Test
  void oneNameThatMatchesLeavesTheOtherPlaceToTheOther() {
    Run named = predict(similarity("new/left_similarity.csv"), similarity("new/other.csv"));
    Run half = predict(similarity("renamed_other.csv"), similarity("new/left_similarity.csv"));

    assertEquals(named.out(), half.out());
    assertTrue(half.err().contains("renamed_other.csv as similarity 2"), half.err());
  }
}
