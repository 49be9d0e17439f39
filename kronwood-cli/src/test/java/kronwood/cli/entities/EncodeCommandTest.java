package kronwood.cli.entities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that are not all numbers. */
class EncodeCommandTest {
  private static final String PROTEIN = "MKVLAAGIVGLLLAQPSFADEYWHRC";

  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
    StringBuilder text = new StringBuilder("id,mass,kind,note,sequence,empty\n");
    for (int e = 1; e <= TinyData.LEFT; e++) {
      text.append("a").append(e).append(',');
      text.append(e % 4 == 0 ? "" : Integer.toString(e * e)).append(',');
      text.append(e % 3 == 0 ? "round" : "flat").append(',');
      text.append("note number ").append(e).append(',');
      text.append(PROTEIN.substring(e % 7)).append(PROTEIN).append(PROTEIN, 0, e).append(",\n");
    }
    data.write("mixed.csv", text.toString());
  }

  private String mixed(String file) {
    return "--features=left=" + data.path(file);
  }

  private String[] predict(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "--pairs=" + data.path("pairs.csv");
    System.arraycopy(options, 0, all, 1, options.length);
    return data.withModel("predict", all);
  }

  @Test
  void whatColumnsHoldIsGuessedAndTold() {
    String report = Run.well(data.train(mixed("mixed.csv"))).out();
    List<String> blocks =
        List.of(
            "mass: numeric, 1 with missing values",
            "kind: categorical, 2 categories",
            "note: text, ",
            "sequence: sequence, words of 3 amino acids, cosine");
    String inspected = Run.well(data.withModel("inspect")).out();
    for (String block : blocks) {
      assertTrue(report.contains("left." + block), report);
      assertTrue(inspected.contains(block), inspected);
    }
    assertTrue(!inspected.contains("empty"), inspected);
  }

  @Test
  void declaredEncodingsReplaceTheGuesses() {
    Run.well(
        data.train(
            mixed("mixed.csv"),
            "--encode=left.kind=text,words=2,characters=0",
            "--encode=left.note=skip",
            "--encode=left.sequence=sequence,alphabet=classes,k=4,kernel=tanimoto:0.5",
            "--encode=left.sequence=sequence,k=2"));
    String inspected = Run.well(data.withModel("inspect")).out();
    assertTrue(inspected.contains("kind: text, 2 words and 0 strings"), inspected);
    assertTrue(
        inspected.contains(
            "sequence: sequence, words of 4 classes of amino acids, tanimoto, weight 0.5"),
        inspected);
    assertTrue(inspected.contains("sequence 2: sequence, words of 2 amino acids"), inspected);
    assertTrue(!inspected.contains("note"), inspected);
  }

  @Test
  void newEntitiesAreEncodedAsKnownOnesWere() throws IOException {
    Run.well(
        data.train(mixed("mixed.csv"), "--similarity=left=" + data.path("left_similarity.csv")));
    List<String> known = TinyData.column(Run.well(predict()).out(), "score");
    List<String> lines =
        data.read("mixed.csv").lines().map(line -> line.replaceAll(",(empty)?$", "")).toList();
    String turned =
        lines.stream()
            .skip(1)
            .map(line -> "new_" + line)
            .sorted()
            .collect(Collectors.joining("\n"));
    data.write("new.csv", lines.getFirst() + "\n" + turned + "\n");
    data.write(
        "new_similarity.csv", data.read("left_similarity.csv").replaceAll("(?m)^a", "new_a"));
    data.write("pairs.csv", data.read("pairs.csv").replaceAll("(?m)^a", "new_a"));
    String similarity = "--similarity=left=" + data.path("new_similarity.csv");
    List<String> found =
        TinyData.column(Run.well(predict(mixed("new.csv"), similarity)).out(), "score");
    for (int i = 0; i < known.size(); i++) {
      assertEquals(
          Double.parseDouble(known.get(i)), Double.parseDouble(found.get(i)), 1e-5, "row " + i);
    }
    data.copy("new.csv", "short.csv", ",kind,", ",sort,");
    Run.refused(
        folder, predict(mixed("short.csv"), similarity), "short.csv", "missing 1", "'kind'");
    data.copy("new.csv", "bad.csv", "MKVLAAGIVG", "MKV1AAGIVG");
    Run.refused(folder, predict(mixed("bad.csv"), similarity), "bad.csv, row", "'sequence'", "'1'");
    Run.refused(
        folder,
        predict(mixed("new.csv")),
        "features and similarities",
        "similarity for similarity 1 (left_similarity.csv)",
        "--similarity left=TABLE");
  }

  @Test
  void moleculesAreEncodedByFingerprints() throws IOException {
    StringBuilder text = new StringBuilder("id,smiles\n");
    for (int e = 1; e <= TinyData.LEFT; e++) {
      text.append("a").append(e).append(',').append("C".repeat(e)).append("O\n");
    }
    data.write("molecules.csv", text.toString());
    Run.well(
        data.train(
            mixed("molecules.csv"),
            "--encode=left.smiles=smiles,bits=1024",
            "--encode=left.smiles=smiles,fingerprint=maccs,kernel=cosine:0.5"));
    String inspected = Run.well(data.withModel("inspect")).out();
    assertTrue(
        inspected.contains(
            "smiles: smiles, circular fingerprints of radius 2, 1,024 bits, tanimoto"),
        inspected);
    assertTrue(inspected.contains("smiles 2: smiles, 166 MACCS keys, cosine"), inspected);
    List<String> known = TinyData.column(Run.well(predict()).out(), "score");

    data.write("new.csv", data.read("molecules.csv").replaceAll("(?m)^a(\\d+),(C+)O", "b$1,O$2"));
    data.write("pairs.csv", data.read("pairs.csv").replaceAll("(?m)^a", "b"));
    List<String> found = TinyData.column(Run.well(predict(mixed("new.csv"))).out(), "score");
    for (int i = 0; i < known.size(); i++) {
      assertEquals(
          Double.parseDouble(known.get(i)), Double.parseDouble(found.get(i)), 1e-5, "row " + i);
    }

    data.copy("molecules.csv", "bad.csv", "a3,CCCO", "a3,CC(CO");
    Run.refused(
        folder,
        data.train(mixed("bad.csv")),
        "bad.csv, row 3 (line 4), column 'smiles'",
        "'CC(CO'",
        "no valid SMILES");
    data.copy("molecules.csv", "empty.csv", "a3,CCCO", "a3,");
    Run.refused(
        folder,
        data.train(mixed("empty.csv")),
        "empty.csv, row 3 (line 4), column 'smiles'",
        "empty",
        "SMILES");
    Run.refused(
        folder,
        data.train(mixed("new.csv"), "--encode=left.smiles=smiles,radius=9"),
        "'9'",
        "from 0 to 3");
  }

  @Test
  void badCellsAreToldWithTheirPlace() throws IOException {
    data.copy("mixed.csv", "number.csv", "a2,4,", "a2,4kg,");
    Run.refused(
        folder,
        data.train(mixed("number.csv")),
        "number.csv, row 2 (line 3), column 'mass'",
        "'4kg'",
        "number");
    data.copy("mixed.csv", "residue.csv", "MKVLAAGIVG", "MKV?AAGIVG");
    Run.refused(
        folder,
        data.train(mixed("residue.csv"), "--encode=left.sequence=sequence"),
        "residue.csv, row",
        "column 'sequence'",
        "'?' at position",
        "letters of proteins");
  }

  @Test
  void encodingsThatCannotBeAreRefused() {
    refusedEncoding("left.kind", "'left.kind'", "NAME.COLUMN=TYPE", "left, right");
    refusedEncoding("up.kind=text", "'up.kind=text'", "left, right");
    refusedEncoding("left.kind=audio", "'kind'", "no encoder 'audio'", "categorical");
    refusedEncoding("left.kind=text,n=3", "no option 'n'", "words");
    refusedEncoding("left.kind=text,words", "'text,words'", "OPTION=VALUE");
    refusedEncoding("left.kind=text:x", "'text:x'", "WEIGHT");
    refusedEncoding("left.kind=text:0", "weight 0", "> 0");
    refusedEncoding("left.kind=text,kernel=rbf", "'rbf'", "gaussian");
    refusedEncoding("left.kid=text", "mixed.csv", "'kid'", "'kind'");
    refusedEncoding("left.sequence=sequence,k=12", "'12'", "from 1 to 5");
    Run.refused(
        folder,
        data.trainOnSimilarities("--encode=left.kind=text"),
        "--encode",
        "'left' has no features");
  }

  private void refusedEncoding(String encoding, String... parts) {
    Run.refused(folder, data.train(mixed("mixed.csv"), "--encode=" + encoding), parts);
  }

  @Test
  void aTableOfNumbersStaysAsItIs() {
    Run.well(data.train());
    String inspected = Run.well(data.withModel("inspect")).out();
    assertTrue(inspected.contains("left: 12 entities, rank 4, features: 3"), inspected);
  }
}
