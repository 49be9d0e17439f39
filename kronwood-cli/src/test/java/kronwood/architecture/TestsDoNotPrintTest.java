package kronwood.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The compiled tests of all modules that were built before this one, and of this one. */
class TestsDoNotPrintTest {
  /** Those that do not print but need the streams; with the classes in them. */
  private static final Set<String> NEED_STREAMS =
      Set.of(
          // Asserts that a library prints nothing.
          "kronwood.chem.SmilesTypeTest",
          // Has programs that run in processes of their own.
          "kronwood.cli.InterruptionTest",
          "kronwood.file.TemporaryPathTest",
          "kronwood.docs.CommandServer",
          // Is what this test must find.
          "kronwood.architecture.TestsDoNotPrintTest");

  private static ArchRule rule(DescribedPredicate<JavaClass> types) {
    return noClasses()
        .that(types)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethodWhere(target(name("printStackTrace")))
        .because("what a test has to say is the message of its failure");
  }

  @Test
  void noTestPrints() throws IOException {
    JavaClasses tests = new ClassFileImporter().importPaths(folders());
    assertTrue(tests.contain(TestsDoNotPrintTest.class));
    rule(describe("do not need the streams", type -> !NEED_STREAMS.contains(outermost(type))))
        .check(tests);
  }

  @Test
  void aTestThatPrintsIsFound() {
    JavaClasses printing = new ClassFileImporter().importClasses(Prints.class);
    ArchRule rule = rule(DescribedPredicate.alwaysTrue());
    assertEquals(2, rule.evaluate(printing).getFailureReport().getDetails().size());
  }

  private static String outermost(JavaClass type) {
    return type.getFullName().replaceFirst("\\$.*", "");
  }

  private static final class Prints {
    @SuppressWarnings("UnusedMethod") // it is looked at, not called
    static void line(Exception e) {
      System.out.println();
      e.printStackTrace();
    }
  }

  private static List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    Path root = Path.of("").toAbsolutePath().getParent();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(root)) {
      for (Path module : modules) {
        Path tests = module.resolve("target").resolve("test-classes");
        if (Files.exists(module.resolve("pom.xml")) && Files.isDirectory(tests)) {
          folders.add(tests.toRealPath());
        }
      }
    }
    return folders;
  }
}
