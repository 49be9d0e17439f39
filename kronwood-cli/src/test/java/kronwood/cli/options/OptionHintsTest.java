package kronwood.cli.options;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import kronwood.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionHintsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--lr, --learning-rate",
    "--LR=0.1, --learning-rate",
    "--batch-size, --batch",
    "--batch_size=16, --batch",
    "--hidden, --neurons",
    "--data, --pairs",
    "-o, --out",
    "--num-threads, --threads",
  })
  void aNameFromOtherProgramsIsAnsweredWithOurs(String typed, String meant) {
    Run.refused(
        folder,
        new String[] {"train", typed},
        "unknown option '" + typed + "'; did you mean " + meant + "?");
  }

  @Test
  void onlyOptionsOfTheCommandAreNamed() {
    Run.refused(folder, new String[] {"rank", "--k", "5"}, "did you mean --top?");
    Run.refused(folder, new String[] {"cv", "--k", "5"}, "did you mean --folds?");
    assertFalse(Run.of("inspect", "--lr", "1").err().contains("--learning-rate"));
  }

  @Test
  void aMisspeltOptionIsAnsweredWithTheClosest() {
    Run.refused(folder, new String[] {"train", "--seeds=3"}, "did you mean --seed?");
    Run.refused(folder, new String[] {"train", "--learningrate"}, "mean --learning-rate?");
  }
}
