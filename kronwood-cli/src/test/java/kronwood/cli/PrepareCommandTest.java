package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    TinyData.in(folder);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String[] prepare(String table, String out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "prepare",
                "--pairs=" + path(table),
                "--modes=left,right",
                "--target=affinity",
                "--out=" + path(out),
                "--window=32"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private String[] train(String pairs, String out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--pairs=" + path(pairs),
                "--modes=left,right",
                "--target=affinity",
                "--features=left=" + path("left.csv"),
                "--features=right=" + path("right.csv"),
                "--plain",
                "--engine=weights",
                "--neurons=16",
                "--epochs=3",
                "--out=" + path(out)));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private void assertSameBytes(String first, String second) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(Path.of(path(first))), Files.readAllBytes(Path.of(path(second))));
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("pairs.csv")));
    String head = lines.removeFirst();
    Collections.shuffle(lines, new Random(3));
    lines.addFirst(head);
    Files.write(folder.resolve("shuffled.csv"), lines);
    Run run = Run.well(prepare("pairs.csv", "a.kpairs", "--split-column=part", "--weight=weight"));
    Run.well(prepare("shuffled.csv", "b.kpairs", "--split-column=part", "--weight=weight"));
    assertSameBytes("a.kpairs", "b.kpairs");
    assertTrue(run.out().contains("12 of left, 9 of right"), run::out);
  }

  @Test
  void pairsOnDiskAndInMemoryTrainTheSameBytes() throws IOException {
    Run.well(prepare("pairs.csv", "pairs.kpairs", "--test-where=part = 'test'"));
    Run.well(train("pairs.kpairs", "disk.kron"));
    Run.well(train("pairs.kpairs", "memory.kron", "--in-memory"));
    assertSameBytes("disk.kron", "memory.kron");
  }

  @Test
  void twoClassesAreTrainedFromDisk() throws IOException {
    String[] classes = {"--loss=logistic", "--split-column=part"};
    List<String> args = new ArrayList<>(List.of(prepare("pairs.csv", "c.kpairs", classes)));
    args.set(args.indexOf("--target=affinity"), "--target=active");
    Run.well(args.toArray(String[]::new));
    for (String more : List.of("--quiet", "--in-memory")) {
      List<String> training =
          new ArrayList<>(
              List.of(train("c.kpairs", "m" + more + ".kron", "--loss=logistic", more)));
      training.set(training.indexOf("--target=affinity"), "--target=active");
      Run.well(training.toArray(String[]::new));
    }
    assertSameBytes("m--quiet.kron", "m--in-memory.kron");
  }

  @Test
  void whatDoesNotGoWithPreparedPairsIsRefused() {
    Run.well(prepare("pairs.csv", "pairs.kpairs", "--test-where=part = 'test'"));
    assertRefused(
        train("pairs.kpairs", "x.kron", "--loss=logistic"), "was prepared with targets numbers");
    assertRefused(train("pairs.kpairs", "x.kron", "--test-share=0.2"), "divided already");
    assertRefused(train("pairs.kpairs", "x.kron", "--ensemble=2"), "an ensemble of 2 members");
    assertRefused(train("pairs.kpairs", "x.kron", "--skip=0.3"), "skip 0.3");
    assertRefused(train("pairs.kpairs", "x.kron", "--test-where=true"), "divided already");
    assertRefused(train("pairs.csv", "x.kron", "--in-memory"), "--in-memory: is for a file");
    assertRefused(prepare("pairs.csv", "pairs.bin"), "expected a name with .kpairs");
  }

  @Test
  void badRowsAreNamed() throws IOException {
    Files.writeString(
        folder.resolve("bad.csv"), "left,right,affinity\na1,b1,1\na1,b2,2\na1,b1,3\n");
    assertRefused(
        prepare("bad.csv", "x.kpairs"), "row 1 (line 2)", "row 3 (line 4)", "different targets");
    Files.writeString(folder.resolve("bad.csv"), "left,right,affinity\na1,b1,1\na1,,2\n");
    assertRefused(prepare("bad.csv", "x.kpairs"), "row 2 (line 3)", "the id is empty");
    Files.writeString(folder.resolve("bad.csv"), "left,right,affinity\na1,b1,1\na1,b2,x\n");
    assertRefused(prepare("bad.csv", "x.kpairs"), "row 2 (line 3)", "expected a number");
    assertRefused(
        prepare("pairs.csv", "x.kpairs", "--train-where=part <> 'test'", "--test-where=true"),
        "rows are in both --train-where and --test-where");
    assertRefused(
        prepare("pairs.csv", "x.kpairs", "--test-where=avg(affinity) > 0"), "--test-where");
    assertTrue(Files.notExists(folder.resolve("x.kpairs")));
  }

  private static void assertRefused(String[] args, String... parts) {
    Run run = Run.of(args);
    assertEquals(ExitCodes.BAD_INPUT, run.code(), run::toString);
    for (String part : parts) {
      assertTrue(run.err().contains(part), run::err);
    }
  }
}
