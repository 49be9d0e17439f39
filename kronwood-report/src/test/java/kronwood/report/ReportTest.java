package kronwood.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import kronwood.Kronwood;
import kronwood.KronwoodModel;
import kronwood.TrainingArrays;
import kronwood.TrainingData;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.network.Ensemble;
import kronwood.report.page.Document;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.train.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

/** Reports of small models of each kind. */
class ReportTest {
  private static final List<String> ORDER =
      List.of(
          "about",
          "metrics",
          "actual",
          "confusion",
          "calibration",
          "seen",
          "maps",
          "worst",
          "top",
          "interactions",
          "learning",
          "tuning",
          "work",
          "tree",
          "provenance");

  /** What the target is. */
  private enum Kind {
    NUMBER,
    TWO_CLASSES,
    THREE_CLASSES,
    ENSEMBLE,
    THREE_MODES
  }

  /**
   * Thirty left and twenty right entities; those of the last numbers occur in test samples only.
   */
  private static TrainingData data(Kind kind) {
    SplittableRandom random = new SplittableRandom(7);
    boolean three = kind == Kind.THREE_MODES;
    TrainingArrays arrays =
        three ? new TrainingArrays("left", "right", "third") : new TrainingArrays("left", "right");
    double[][] left = features(random, 30);
    double[][] right = features(random, 20);
    arrays.features("left", ids("L", 30), left).features("right", ids("R", 20), right);
    if (three) {
      arrays.features("third", ids("T", 2), new double[][] {{0.5, 1}, {1, 0.2}});
    }
    for (int l = 0; l < 30; l++) {
      for (int r = 0; r < 20; r++) {
        double truth = left[l][0] * right[r][0] - left[l][1] * right[r][1];
        boolean test = l >= 25 || r >= 17 || random.nextInt(8) == 0;
        String[] ids =
            three ? new String[] {"L" + l, "R" + r, "T" + r % 2} : new String[] {"L" + l, "R" + r};
        String name =
            kind == Kind.THREE_CLASSES
                ? "abc".substring(truth < -0.2 ? 0 : truth < 0.2 ? 1 : 2).substring(0, 1)
                : truth > 0 ? "yes" : "no";
        if (kind == Kind.TWO_CLASSES || kind == Kind.THREE_CLASSES) {
          if (test) {
            arrays.addTestClass(name, ids);
          } else {
            arrays.addClass(name, ids);
          }
        } else if (test) {
          arrays.addTest(truth, ids);
        } else {
          arrays.add(truth, ids);
        }
      }
    }
    return arrays.data();
  }

  private static List<String> ids(String prefix, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(prefix + i);
    }
    return ids;
  }

  private static double[][] features(SplittableRandom random, int count) {
    double[][] features = new double[count][2];
    for (double[] row : features) {
      row[0] = random.nextDouble() * 2 - 1;
      row[1] = random.nextDouble() * 2 - 1;
    }
    return features;
  }

  private static ModelOptions options(TrainingData data, Kind kind) {
    ModelOptions options = Kronwood.options(data).withThreads(1);
    options =
        options
            .withNetwork(options.network().withNeurons(32))
            .withTraining(options.training().withEpochs(3));
    return kind == Kind.ENSEMBLE
        ? options.withNetwork(options.network().withEnsemble(Ensemble.of(2)))
        : options;
  }

  private static Document report(Kind kind) {
    TrainingData data = data(kind);
    TrainingRecord record = new TrainingRecord();
    KronwoodModel model = Kronwood.train(data, options(data, kind), record, StopSignal.NEVER, null);
    Subject subject = Subject.of(model.model(), data.dataset(), data.split(), 1);
    return Report.ofTraining(subject, record, Origin.UNKNOWN);
  }

  private static Section section(Document document, String id) {
    return document.sections().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindHasAllSectionsInOrderAndChartsThatShowSomething(Kind kind) throws Exception {
    Document document = report(kind);
    assertEquals(ORDER, document.sections().stream().map(Section::id).toList());
    int figures = 0;
    for (Section section : document.sections()) {
      assertFalse(section.parts().isEmpty(), section.id());
      for (Part part : section.parts()) {
        if (part instanceof Figure figure) {
          figures++;
          assertTrue(figure.numbers().rows().size() > 0, figure.title());
          check(figure);
        }
      }
    }
    assertTrue(figures >= 6, figures + " figures");
    String page = document.html();
    assertTrue(page.getBytes(StandardCharsets.UTF_8).length < 1_000_000);
    assertFalse(page.contains("<script"));
    assertFalse(page.matches("(?s).*(src|href)=\"(https?:)?//.*"), "asks for nothing");
  }

  /** A figure is XML with marks at finite places. */
  private static void check(Figure figure) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    org.w3c.dom.Document svg =
        factory.newDocumentBuilder().parse(new InputSource(new StringReader(figure.svg())));
    assertEquals("svg", svg.getDocumentElement().getTagName());
    assertFalse(figure.svg().contains("NaN") || figure.svg().contains("Infinity"), figure.title());
    int marks =
        svg.getElementsByTagName("circle").getLength()
            + svg.getElementsByTagName("image").getLength()
            + svg.getElementsByTagName("rect").getLength();
    boolean line = figure.svg().contains("fill=\"none\" stroke=");
    assertTrue(marks > 0 || line, figure.title() + " is empty");
  }

  @Test
  void metricsAreThoseOfTheModelWithBaselinesAndIntervals() {
    TrainingData data = data(Kind.NUMBER);
    KronwoodModel model = Kronwood.train(data, options(data, Kind.NUMBER));
    Subject subject = Subject.of(model.model(), data.dataset(), data.split(), 1);
    Document document = Report.ofModel(subject, Origin.UNKNOWN);
    Table table = (Table) section(document, "metrics").parts().getFirst();
    double mse =
        table.rows().stream()
            .filter(row -> row.get(0).text().equals("all") && row.get(2).text().equals("mse"))
            .findFirst()
            .orElseThrow()
            .get(4)
            .value();
    assertEquals(model.metrics("test").get("mse"), mse, 1e-6 * mse);
    List<String> settings = table.rows().stream().map(row -> row.get(0).text()).distinct().toList();
    assertEquals(List.of("all", "A", "B", "C", "D"), settings);
    table.rows().stream()
        .filter(row -> row.get(2).text().equals("mse"))
        .forEach(
            row -> {
              boolean enough = row.get(1).value() >= 20;
              assertEquals(enough, row.get(5).value() < row.get(4).value(), "interval");
              assertTrue(row.get(7).value() > row.get(4).value(), "the mean is worse");
              assertTrue(Double.isFinite(row.get(8).value()), "linear model");
            });
  }

  @Test
  void theLinearModelLearnsAnInteractionOfFeaturesExactly() {
    TrainingData data = data(Kind.NUMBER);
    ModelOptions options = options(data, Kind.NUMBER);
    KronwoodModel model =
        Kronwood.train(data, options.withGram(options.gram().withAddedIdentity(0)));
    Subject subject = Subject.of(model.model(), data.dataset(), data.split(), 1);
    Baselines baselines = new Baselines(subject, subject.training());
    double[] linear = baselines.linear();
    for (int i = 0; i < subject.size(); i++) {
      assertEquals(subject.actual(i, 0), linear[i], 0.02, subject.name(i));
    }
  }

  @Test
  void withoutTrainingSamplesWhatNeedsThemIsLeftOutWithAWord() {
    TrainingData data = data(Kind.NUMBER);
    KronwoodModel model = Kronwood.train(data, options(data, Kind.NUMBER));
    Subject whole = Subject.of(model.model(), data.dataset(), data.split(), 1);
    Subject subject = whole.withoutTraining();
    Section seen = section(Report.ofModel(subject, Origin.UNKNOWN), "seen");
    assertTrue(seen.parts().getFirst() instanceof Paragraph p && p.text().startsWith("Left out"));
  }

  @Test
  void aModelComparedWithItselfDiffersByNothing() {
    TrainingData data = data(Kind.TWO_CLASSES);
    KronwoodModel model = Kronwood.train(data, options(data, Kind.TWO_CLASSES));
    Subject subject = Subject.of(model.model(), data.dataset(), data.split(), 1);
    Document document = Report.ofComparison(subject, "a", subject, "b", Origin.UNKNOWN);
    Table table = (Table) section(document, "comparison").parts().getFirst();
    table
        .rows()
        .forEach(
            row -> {
              assertTrue(row.get(5).value() == 0 || Double.isNaN(row.get(5).value()));
              assertEquals("", row.get(7).text());
            });
  }

  @Test
  void modelsOfOtherTargetsAreNotCompared() {
    TrainingData numbers = data(Kind.NUMBER);
    TrainingData classes = data(Kind.THREE_CLASSES);
    Subject first =
        Subject.of(
            Kronwood.train(numbers, options(numbers, Kind.NUMBER)).model(),
            numbers.dataset(),
            numbers.split(),
            1);
    Subject second =
        Subject.of(
            Kronwood.train(classes, options(classes, Kind.THREE_CLASSES)).model(),
            classes.dataset(),
            classes.split(),
            1);
    InputException e =
        assertThrows(
            InputException.class,
            () -> Report.ofComparison(first, "a", second, "b", Origin.UNKNOWN));
    assertTrue(String.valueOf(e.getMessage()).contains("cannot be compared"), e.getMessage());
  }

  @Test
  void aCardSaysWhatTheModelIs() {
    TrainingData data = data(Kind.ENSEMBLE);
    KronwoodModel model = Kronwood.train(data, options(data, Kind.ENSEMBLE));
    String card = Report.card(model.model(), null, Origin.UNKNOWN).markdown();
    assertTrue(card.startsWith("# Kronwood: target from left and right"), card);
    assertTrue(card.contains("standard deviation with each prediction"), card);
    assertTrue(card.contains("| mse | lower is better |"), card);
  }
}
