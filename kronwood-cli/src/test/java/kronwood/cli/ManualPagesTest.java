package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kronwood.cli.manual.ManualPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ManualPagesTest {
  /** Macros of man(7) that the pages use: anything else at the start of a line is text. */
  private static final Set<String> MACROS = Set.of("TH", "SH", "TP", "nf", "fi", "br", "nh", "ad");

  private static final Map<String, String> PAGES = new TreeMap<>();

  @TempDir private Path folder;

  @BeforeAll
  static void write() {
    for (ManualPage page : ManualPages.all()) {
      PAGES.put(page.fileName(), page.text());
    }
  }

  @Test
  void everyCommandHasAPageWithAllItsOptions() {
    CommandLine root = Main.allCommands();
    Set<String> expected = new TreeSet<>(Set.of("kronwood.1"));
    List<CommandSpec> commands = new ArrayList<>(List.of(root.getCommandSpec()));
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!name.equals("help")) {
                expected.add("kronwood-" + name + ".1");
                commands.add(command.getCommandSpec());
              }
            });
    assertEquals(expected, PAGES.keySet());
    for (CommandSpec command : commands) {
      String page = PAGES.get(command.qualifiedName("-") + ".1");
      for (var option : command.options()) {
        for (String name : option.names()) {
          String shown = "\\fB" + name.replace("-", "\\-") + "\\fR";
          assertTrue(page.contains(shown), command.name() + " " + name);
        }
      }
    }
    assertTrue(PAGES.get("kronwood-train.1").contains("Width of the network"), "texts of options");
    assertTrue(PAGES.get("kronwood.1").contains("kronwood\\-train\\fR(1)"), "other pages");
  }

  @Test
  void aLineIsAMacroOrTextInAscii() {
    PAGES.forEach(
        (name, page) -> {
          for (String line : page.lines().toList()) {
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), name + ": " + line);
            if (line.startsWith(".")) {
              assertTrue(MACROS.contains(line.substring(1).split(" ")[0]), name + ": " + line);
            }
            assertTrue(!line.startsWith("'"), name + ": " + line);
          }
        });
  }

  @Test
  void groffFormatsThemWithoutAWarning() throws IOException, InterruptedException {
    Path groff = Path.of("/usr/bin/groff");
    assumeTrue(Files.isExecutable(groff), "groff is not installed");
    List<String> command = new ArrayList<>(List.of(groff.toString(), "-man", "-Tutf8", "-ww"));
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      Path file = folder.resolve(page.getKey());
      Files.writeString(file, page.getValue());
      command.add(file.toString());
    }
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int code =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertEquals("", Files.readString(err));
    assertEquals(0, code);
    String shown =
        Files.readString(out).lines().map(String::strip).collect(Collectors.joining(" "));
    assertTrue(shown.contains("fold <> 'test'"), "quotes and brackets are shown as they are");
  }
}
