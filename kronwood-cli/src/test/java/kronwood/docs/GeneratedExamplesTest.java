package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of the example {@code pairs} are those that its program makes. */
class GeneratedExamplesTest {
  @TempDir Path folder;

  @Test
  void thePairsAreMadeByTheirProgram() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Repository.ROOT.resolve("examples/tools/MakePairs.java").toString(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    Path examples = Repository.ROOT.resolve("examples/pairs");
    List<Path> tables =
        Repository.filesBelow(examples).filter(file -> file.toString().endsWith(".csv")).toList();
    assertEquals(10, tables.size());
    for (Path table : tables) {
      Path made = folder.resolve("pairs").resolve(table.getFileName().toString());
      assertEquals(Files.readString(table), Files.readString(made), Repository.name(table));
    }
  }
}
