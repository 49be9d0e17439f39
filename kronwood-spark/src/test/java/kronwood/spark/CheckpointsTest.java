package kronwood.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are saved in a folder of a Hadoop file system go on to the same bits. */
class CheckpointsTest {
  private static final Dataset<Row> PAIRS = TestSession.pairs(TestSession.LEFT, 5);

  @TempDir Path folder;

  private static KronwoodRegressor regressor() {
    return TestSession.regressor().setNeurons(128).setThreads(1).setEpochs(5);
  }

  private static Configuration configuration() {
    return TestSession.spark().sparkContext().hadoopConfiguration();
  }

  @AfterEach
  void failNoMore() {
    configuration().unset(FailingFileSystem.ON);
  }

  private static List<String> names(Path of, String ending) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    }
  }

  /** Fails when the last worker has saved its share of epoch 3: the last manifest is of epoch 2. */
  private Path failingInEpochThree(String how) throws IOException {
    Path state = Files.createTempDirectory(folder, "state");
    FailingFileSystem.configure(
        configuration(),
        ".*-epoch-000003-.*-64\\.share",
        how,
        new org.apache.hadoop.fs.Path(state.toUri()));
    return state;
  }

  private static void assertReadEpochTwo(Path state) throws IOException {
    List<String> read = Files.readAllLines(state.resolve("read"));
    assertTrue(
        read.stream().anyMatch(name -> name.matches(".*-epoch-000002-.*\\.share")), read::toString);
    assertTrue(Files.exists(state.resolve("failed")));
  }

  @Test
  void sparkTriesAgainFromTheLastCheckpoint() throws IOException {
    String expected = regressor().fit(PAIRS).sha256();
    for (String workers : List.of("2", "4")) {
      Path place = Files.createTempDirectory(folder, "saved");
      Path state = failingInEpochThree("once");
      KronwoodRegressor saved = regressor().setCheckpointDir("failing:" + place);
      assertEquals(expected, saved.setWorkers(workers).fit(PAIRS).sha256());
      assertReadEpochTwo(state);
      assertEquals(List.of(), names(place, ".kron"));
    }
  }

  @TestFactory
  Stream<DynamicTest> aTrainingWhoseTaskFailedGoesOnWithAnyNumberOfWorkers() {
    String expected = regressor().fit(PAIRS).sha256();
    return Stream.of(
            List.of("1", "1"),
            List.of("2", "2"),
            List.of("4", "4"),
            List.of("4", "2"),
            List.of("1", "4"),
            List.of("2", "1"))
        .map(
            workers ->
                DynamicTest.dynamicTest(
                    workers.get(0) + " then " + workers.get(1), () -> goesOn(expected, workers)));
  }

  private void goesOn(String expected, List<String> workers) throws IOException {
    Path place = Files.createTempDirectory(folder, "saved");
    Path state = failingInEpochThree("for good");
    KronwoodRegressor saved = regressor().setCheckpointDir("failing:" + place);
    Exception failed =
        assertThrows(Exception.class, () -> saved.setWorkers(workers.get(0)).fit(PAIRS));
    assertTrue(String.valueOf(failed.getMessage()).contains("failed on purpose"), failed::toString);
    assertEquals(2, names(place, ".manifest").size());
    Files.deleteIfExists(state.resolve("read"));
    KronwoodRegressionModel model = saved.setWorkers(workers.get(1)).fit(PAIRS);
    assertEquals(expected, model.sha256());
    assertReadEpochTwo(state);
    assertEquals(2, names(place, ".manifest").size());
    assertEquals(List.of(), names(place, ".kron"));
    assertEquals(List.of(), names(place, ".tmp"));
    // What is done is done.
    assertEquals(expected, saved.setWorkers("1").fit(PAIRS).sha256());
  }

  @Test
  void theIntervalSaysWhichEpochsAreSavedAndOtherTrainingsMayShareTheFolder() throws IOException {
    KronwoodRegressor saved =
        regressor().setCheckpointDir(folder.toUri().toString()).setCheckpointInterval(2);
    String one = saved.fit(PAIRS).sha256();
    List<String> manifests = names(folder, ".manifest");
    assertTrue(manifests.get(0).contains("-epoch-000004-"), manifests::toString);
    assertTrue(manifests.get(1).contains("-epoch-000005-"), manifests::toString);
    String other = regressor().setSeed(9).fit(PAIRS).sha256();
    assertEquals(other, saved.setSeed(9).fit(PAIRS).sha256());
    assertEquals(4, names(folder, ".manifest").size());
    assertEquals(one, saved.setSeed(1).fit(PAIRS).sha256());
    Dataset<Row> fewer = TestSession.pairs(TestSession.LEFT - 1, 5);
    assertEquals(regressor().fit(fewer).sha256(), saved.fit(fewer).sha256());
  }

  @Test
  void aFolderThatCannotBeUsedIsRefusedBeforeAnythingStarts() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Refused.in(
        () -> regressor().setCheckpointDir(file.toUri().toString()).fit(PAIRS),
        "checkpointDir",
        "cannot be used");
    Refused.in(
        () -> regressor().setCheckpointDir("nosuch://here/there").fit(PAIRS),
        "checkpointDir",
        "nosuch");
    Refused.in(
        () -> regressor().setCheckpointDir(folder.toString()).setCheckpointInterval(0).fit(PAIRS),
        "checkpointInterval",
        "at least 1");
  }
}
