package kronwood.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kronwood.docs.ReaderFolder.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command that the documentation shows, and compares what it prints with what is shown.
 *
 * <p>The commands of a page run from top to bottom, in a folder that holds a copy of the examples.
 * The next block without a language (or {@code text}, {@code json}) of the same section is their
 * standard output; see {@link ShownOutput} for what may differ. HTML comments above a block change
 * that:
 *
 * <ul>
 *   <li>{@code not run: reason}: the block cannot run here;
 *   <li>{@code slow: reason}: it runs with {@code -Dkronwood.docs=slow} only;
 *   <li>{@code run in part: reason}: commands of the build are left out;
 *   <li>{@code exit code N}: its last command ends with this code;
 *   <li>{@code standard error}, above a block of output: it shows messages.
 * </ul>
 *
 * <p>With {@code -Dkronwood.docs=write} pages are changed to show what was printed, where that is
 * something else ({@code slow,write}: of the slow ones too). Look at the difference: a change that
 * nobody expected is a bug.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are for a POSIX shell")
class DocumentedCommandsTest {
  /** Kernels of the machine on which the output was taken: with others, sums round otherwise. */
  private static final String KERNELS = "vector (256 bit)";

  private static final double TOLERANCE_ON_OTHER_KERNELS = 0.1;

  private static final Set<String> PROGRAMS =
      Set.of("./kronwood", "cat", "cp", "cut", "head", "java", "ls", "rm", "sed", "tail", "wc");

  private static final Set<String> BUILD = Set.of("./mvnw", "./kronwood-bench");

  private static final List<String> ASKED =
      List.of(System.getProperty("kronwood.docs", "").split(","));

  private static final boolean SLOW_TOO = ASKED.contains("slow");

  /** Whether pages are to show what was printed now. */
  private static final boolean WRITING = ASKED.contains("write");

  @TempDir static Path folder;
  @TempDir static Path logs;
  private static ReaderFolder reader;
  private static double tolerance;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    reader = new ReaderFolder(folder, logs.resolve("server.log"));
    Answer doctor = reader.run(ShellCommand.of(List.of("./kronwood doctor")).getFirst());
    tolerance = doctor.out().contains(KERNELS) ? 0 : TOLERANCE_ON_OTHER_KERNELS;
  }

  @AfterAll
  static void end() throws IOException {
    reader.close();
  }

  @TestFactory
  Stream<DynamicTest> thePageRunsAndPrintsWhatItShows() {
    return Repository.pages().stream()
        .filter(page -> fences(page).stream().anyMatch(DocumentedCommandsTest::isRun))
        .map(page -> DynamicTest.dynamicTest(Repository.name(page), page.toUri(), () -> run(page)));
  }

  private static void run(Path page) throws IOException, InterruptedException {
    reader.beginPage();
    List<Fence> fences = fences(page);
    List<Runnable> changes = new ArrayList<>();
    List<String> lines = new ArrayList<>(Files.readAllLines(page));
    for (int i = 0; i < fences.size(); i++) {
      Fence fence = fences.get(i);
      if (isRun(fence)) {
        String where = Repository.name(page) + ", line " + fence.line() + ": ";
        Answer answer = run(fence, where);
        Optional<Fence> shown = outputOf(fences, i);
        if (WRITING) {
          shown.ifPresent(output -> changes.add(() -> replace(lines, output, answer)));
        } else {
          compare(answer, shown, where);
        }
      }
    }
    if (WRITING) {
      // From the last one on, so that lines keep their numbers.
      changes.reversed().forEach(Runnable::run);
      Files.write(page, lines);
    }
  }

  private static void replace(List<String> page, Fence shown, Answer answer) {
    String printed = shown.mark("standard error").isPresent() ? answer.err() : answer.out();
    ShownOutput output = new ShownOutput(shown.lines(), 0);
    if (output.difference(printed).isPresent()) {
      List<String> old = page.subList(shown.line(), shown.line() + shown.lines().size());
      String indent = page.get(shown.line() - 1).replaceFirst("`.*", "");
      List<String> renewed =
          output.renewed(printed).stream()
              .map(line -> line.isBlank() ? "" : indent + line)
              .toList();
      old.clear();
      old.addAll(renewed);
    }
  }

  /** Runs the commands of a block; the answer is that of the last one, with the output of all. */
  private static Answer run(Fence fence, String where) throws IOException, InterruptedException {
    List<ShellCommand> commands = new ArrayList<>(ShellCommand.of(fence.lines()));
    commands.removeIf(command -> BUILD.contains(command.program()));
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    int code = 0;
    for (int i = 0; i < commands.size(); i++) {
      ShellCommand command = commands.get(i);
      Answer answer = reader.run(command);
      out.append(answer.out());
      err.append(answer.err());
      code = answer.code();
      boolean last = i + 1 == commands.size();
      int expected = last ? fence.mark("exit code").map(Integer::parseInt).orElse(0) : 0;
      assertEquals(expected, code, where + command.text() + "\n" + answer.out() + answer.err());
    }
    return new Answer(code, out.toString(), err.toString());
  }

  private static Optional<Fence> outputOf(List<Fence> fences, int command) {
    if (command + 1 == fences.size()) {
      return Optional.empty();
    }
    Fence next = fences.get(command + 1);
    boolean ofThis = next.isOutput() && next.heading() == fences.get(command).heading();
    return ofThis ? Optional.of(next) : Optional.empty();
  }

  private static void compare(Answer answer, Optional<Fence> shown, String where) {
    if (shown.isPresent()) {
      boolean messages = shown.get().mark("standard error").isPresent();
      String printed = messages ? answer.err() : answer.out();
      Optional<String> difference =
          new ShownOutput(shown.get().lines(), tolerance).difference(printed);
      assertTrue(difference.isEmpty(), () -> where + difference.get() + "\n\nin all:\n" + printed);
    }
  }

  @Test
  void everyCommandIsRunOrThePageSaysWhyNot() {
    List<String> forgotten = new ArrayList<>();
    for (Path page : Repository.pages()) {
      for (Fence fence : fences(page)) {
        if (fence.isShell() && !isMarked(fence) && !onlyKnownPrograms(fence)) {
          forgotten.add(Repository.name(page) + ", line " + fence.line());
        }
      }
    }
    assertEquals(List.of(), forgotten, "neither run nor marked '<!-- not run: reason -->'");
  }

  @Test
  void everyReasonIsGiven() {
    List<String> bare = new ArrayList<>();
    for (Path page : Repository.pages()) {
      for (Fence fence : fences(page)) {
        for (String kind : List.of("not run", "slow", "run in part")) {
          fence
              .mark(kind)
              .filter(reason -> !reason.matches(": *\\S.*"))
              .ifPresent(reason -> bare.add(Repository.name(page) + ", line " + fence.line()));
        }
      }
    }
    assertEquals(List.of(), bare, "marks without a reason");
  }

  @Test
  void commandsStandInBlocksThatAreRun() throws IOException {
    List<String> elsewhere = new ArrayList<>();
    for (Path page : Repository.pages()) {
      int number = 0;
      for (String line : Files.readAllLines(page)) {
        number++;
        if (line.matches(" {4,}\\./(kronwood|mvnw).*")) {
          elsewhere.add(Repository.name(page) + ", line " + number);
        }
      }
    }
    assertEquals(List.of(), elsewhere, "indented commands; write ```sh");
  }

  private static boolean isRun(Fence fence) {
    boolean slow = fence.mark("slow").isPresent();
    return fence.isShell() && fence.mark("not run").isEmpty() && (SLOW_TOO || !slow);
  }

  private static boolean isMarked(Fence fence) {
    return fence.mark("not run").isPresent()
        || fence.mark("slow").isPresent()
        || fence.mark("run in part").isPresent();
  }

  private static boolean onlyKnownPrograms(Fence fence) {
    return ShellCommand.of(fence.lines()).stream()
        .allMatch(command -> PROGRAMS.contains(command.program()));
  }

  private static List<Fence> fences(Path page) {
    try {
      return Fence.of(Files.readAllLines(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
