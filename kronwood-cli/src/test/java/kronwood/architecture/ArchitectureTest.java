package kronwood.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A rule that finds no class to apply to fails: ArchUnit's default, relied on here. */
class ArchitectureTest {

  /**
   * The packages of kronwood-core in reading order, inner packages too: each may use those before
   * it.
   */
  private static final List<String> CORE =
      List.of(
          "fault",
          "math.kernel",
          "math",
          "measure",
          "data",
          "data.feed",
          "data.fold",
          "encode",
          "gram",
          "input",
          "tree",
          "state",
          "loss",
          "network",
          "linear",
          "engine.weights",
          "engine",
          "plan",
          "train",
          "json",
          "file",
          "safetensors",
          "prepared",
          "model",
          "model.file",
          "fit.checkpoint",
          "fit",
          "candidate",
          "trial",
          "tune",
          "validate");

  private static final List<String> ABOVE_CORE =
      List.of("", "io", "report", "export", "server", "dashboard", "chem", "cli");

  private static final DescribedPredicate<JavaClass> OUTSIDE_THE_VECTOR_KERNELS =
      describe(
          "are not kronwood.math.kernel.Vector*",
          type -> !type.getFullName().startsWith("kronwood.math.kernel.Vector"));

  private static final JavaClasses KRONWOOD =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("kronwood");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> found =
        packages().map(ArchitectureTest::place).collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>(CORE);
    known.addAll(ABOVE_CORE);
    assertEquals(known, found, "packages below kronwood, known to this test and found");
  }

  @TestFactory
  Stream<DynamicTest> aCorePackageUsesOnlyThePackagesBeforeIt() {
    return IntStream.range(0, CORE.size())
        .mapToObj(
            i -> {
              String[] allowed =
                  Stream.concat(
                          Stream.of("java..", "org.jspecify..", "jdk.incubator.vector.."),
                          CORE.stream().limit(i + 1L).map(p -> "kronwood." + p))
                      .toArray(String[]::new);
              return DynamicTest.dynamicTest(
                  CORE.get(i),
                  () ->
                      check(
                          classes()
                              .that(resideInAPackage("kronwood." + CORE.get(i)))
                              .should()
                              .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(primitives()))
                              .because("a package depends only on those before it")));
            });
  }

  @Test
  void onlyTheVectorKernelsUseTheIncubatingVectorModule() {
    check(
        noClasses()
            .that(OUTSIDE_THE_VECTOR_KERNELS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator..")
            .because("every vector method has a scalar twin behind one interface"));
  }

  @Test
  void tablesKnowNothingOfTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideInAPackage("kronwood.io..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "kronwood.cli.."));
  }

  @Test
  void theEmbeddedDatabaseIsSeenByTheReadersOfTablesAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("kronwood.io..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("kronwood\\.io\\.table\\.(DuckDb|SourceTable|NaturalTable|Columns)")
            .because("these are public only so that the packages of kronwood-io can share them"));
  }

  @Test
  void theCommandLineIsMadeOfLayers() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("kronwood.cli.terminal", "kronwood.cli.report")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kronwood.cli", "kronwood.cli.options"));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("kronwood.cli.terminal", "kronwood.cli.options")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("kronwood.cli")
            .because("commands use options and reports, not the other way round"));
  }

  @Test
  void reportsAreMadeOfLayers() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("kronwood.report.page", "kronwood.report.chart")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kronwood.report", "kronwood.model..", "kronwood.cli..")
            .because("charts and pages know nothing of models"));
  }

  @Test
  void predictingDependsOnNoEngine() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("kronwood.model..", "kronwood.json..", "kronwood.safetensors..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "kronwood.engine..", "kronwood.plan..", "kronwood.train..", "kronwood.fit..")
            .because("whoever predicts needs the model and nothing that trains"));
  }

  @Test
  void exportsNeedNothingButTheCore() {
    check(
        classes()
            .that()
            .resideInAPackage("kronwood.export..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        Stream.concat(
                                Stream.of("java..", "org.jspecify..", "kronwood.export.."),
                                CORE.stream().map(p -> "kronwood." + p))
                            .toArray(String[]::new))
                    .or(primitives()))
            .because("the formats are written without the libraries that read them"));
  }

  @Test
  void theHttpServerIsKnownToTheServiceAndTheDashboardAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("kronwood.server..", "kronwood.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..")
            .because("another server can take its place"));
  }

  @Test
  void moleculesAreKnownToNobodyByName() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("kronwood.chem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kronwood.chem..", "org.openscience..")
            .because("the encoder of SMILES is a service that may be left out"));
  }

  @Test
  void nothingUsesJavaSerialisation() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class, Externalizable.class)
            .because("files are versioned formats that other programs can read"));
  }

  @Test
  void onlyTheCommandLineTalksToThePersonOrEndsTheProcess() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("kronwood.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .because("libraries throw, report to listeners, or log"));
  }

  @Test
  void allRandomnessIsSeeded() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .because("a run is reproduced from its seed"));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("kronwood.(*)..").should().beFreeOfCycles());
  }

  @Test
  void innerPackagesHaveNoCycles() {
    check(slices().matching("kronwood.(**)").should().beFreeOfCycles());
  }

  @Test
  void everyPackageIsNullMarked() {
    assertEquals(
        List.of(),
        packages()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList(),
        "packages without a package-info.java that says @NullMarked");
  }

  private static void check(ArchRule rule) {
    rule.check(KRONWOOD);
  }

  private static Stream<JavaPackage> packages() {
    return KRONWOOD.stream().map(JavaClass::getPackage).distinct();
  }

  /**
   * {@code math.kernel} of {@code kronwood.math.kernel}, as each inner package of the core has a
   * place of its own; {@code cli} of {@code kronwood.cli} and of packages below it.
   */
  private static String place(JavaPackage javaPackage) {
    String name = javaPackage.getName().replaceFirst("^kronwood\\.?", "");
    String outer = name.replaceFirst("\\..*", "");
    return CORE.contains(outer) ? name : outer;
  }

  private static DescribedPredicate<JavaClass> primitives() {
    return describe(
        "primitives and their arrays", type -> type.getBaseComponentType().isPrimitive());
  }
}
