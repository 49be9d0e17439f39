package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kronwood.cli.terminal.ExitCodes;
import kronwood.file.FolderLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Folds that stop by a validation part, that fail, or that another process is working on. */
class ValidatedFoldsTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private String[] cv(String... options) {
    return data.cv(options);
  }

  private String out(String name) {
    return "--out=" + data.path(name);
  }

  @Test
  void eachFoldStopsByAPartOfItsTrainingRowsInItsOwnSetting() throws IOException {
    String[] common = {"--setting=A,B,C,D", "--folds=3", "--json"};
    JsonNode plain =
        Run.well(cv(common[0], common[1], common[2], out("plain"))).json().get("folds");
    JsonNode stopped =
        Run.well(
                cv(
                    common[0],
                    common[1],
                    common[2],
                    out("stopped"),
                    "--patience=1",
                    "--validation-share=0.25",
                    "--epochs=30"))
            .json()
            .get("folds");
    // Of 8 left and 6 right entities to train on, a quarter, 2 and 2 of these, are validated on.
    int[] train = {54, 6 * 9, 12 * 4, 6 * 4};
    int[] validation = {18, 2 * 9, 12 * 2, 2 * 2};
    int shorter = 0;
    for (int i = 0; i < 12; i++) {
      JsonNode samples = stopped.get(i).get("samples");
      String fold = stopped.get(i).toString();
      assertEquals(train[i / 3], samples.get("train").asInt(), fold);
      assertEquals(validation[i / 3], samples.get("validation").asInt(), fold);
      assertEquals(plain.get(i).at("/samples/test").asInt(), samples.get("test").asInt(), fold);
      assertFalse(plain.get(i).get("samples").has("validation"));
      shorter += stopped.get(i).get("epoch").asInt() < 30 ? 1 : 0;
      String file = "ABCD".charAt(i / 3) + "-1-" + (i % 3 + 1) + ".csv";
      assertEquals(
          TinyData.column(data.read("plain/" + file), "row"),
          TinyData.column(data.read("stopped/" + file), "row"),
          "the same test rows");
    }
    assertTrue(shorter > 0, "no fold stopped early");
    JsonNode kept = Run.well(cv(stoppedAgain())).json().get("folds");
    assertEquals(stopped.get(5).get("samples"), kept.get(5).get("samples"));
    assertTrue(kept.get(5).get("kept").asBoolean());
    Run.refused(
        folder,
        cv(common[0], common[1], out("stopped"), "--patience=1", "--epochs=30"),
        "validation share 0.25, now it is 0.2");
  }

  private String[] stoppedAgain() {
    return new String[] {
      "--setting=A,B,C,D",
      "--folds=3",
      "--json",
      out("stopped"),
      "--patience=1",
      "--validation-share=0.25",
      "--epochs=30"
    };
  }

  @Test
  void aValidationShareWithoutPatienceIsRefused() {
    Run.refused(folder, cv("--validation-share=0.2"), "--validation-share", "--patience");
    Run.refused(folder, cv("--patience=1", "--validation-share=1"), "--validation-share", "'1'");
  }

  @Test
  void aFoldWithTooLittleToValidateOnIsRefusedBeforeAnyIsTrained() {
    Run.refused(
        folder,
        cv("--setting=D", "--folds=2", "--patience=1", "--validation-share=0.01"),
        "setting D");
  }

  @Test
  void aFoldThatDivergesIsNamed() {
    Run run =
        Run.of(
            cv(
                "--setting=B",
                "--folds=2",
                "--learning-rate=1e9",
                "--epochs=20",
                "--threads=1",
                "--quiet"));
    assertEquals(ExitCodes.DIVERGED, run.code(), run::toString);
    assertTrue(
        run.err().contains("kronwood: B, repeat 1, fold ")
            && run.err().contains(" of 2: training diverged"),
        run.err());
    assertTrue(run.err().contains("--learning-rate"), run.err());
  }

  @Test
  void aFolderThatAnotherProcessKeepsItsFoldsInIsRefused() throws IOException {
    Path folds = Files.createDirectory(folder.resolve("folds"));
    try (FolderLock lock = FolderLock.tryTake(folds)) {
      assertNotNull(lock);
      Run.refused(folder, cv("--folds=2", out("folds")), "folds is in use by this process");
    }
    Run.well(cv("--folds=2", out("folds")));
    assertEquals(List.of(), List.of(folds.toFile().list((in, name) -> name.startsWith("."))));
  }

  @Test
  void theModelSaysHowItsSamplesWereDividedAndWhatEntitiesAreComparedBy() throws IOException {
    Run.well(
        data.train(
            "--setting=B",
            "--test-share=0.3",
            "--target=active",
            "--loss=logistic",
            "--negatives=sample:3",
            "--train-where=active = 'yes'",
            "--identity=left=0.5"));
    JsonNode facts = Run.well(data.withModel("inspect", "--json")).json().get("provenance");
    assertEquals("B", facts.get("setting").asString());
    assertEquals("0.3", facts.get("test share").asString());
    assertEquals("sample:3", facts.get("negatives").asString());
    assertEquals("features linear + identity of weight 0.5", facts.get("table left").asString());
    assertEquals("features linear", facts.get("table right").asString());
    Run.well(data.train());
    assertFalse(
        Run.well(data.withModel("inspect", "--json")).json().get("provenance").has("setting"));
  }
}
