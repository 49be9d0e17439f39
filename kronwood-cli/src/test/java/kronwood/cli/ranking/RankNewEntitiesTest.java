package kronwood.cli.ranking;

import static kronwood.cli.ranking.Rankings.ids;
import static kronwood.cli.ranking.Rankings.sorted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Rankings of and for entities that the model does not know, given in tables or by a description.
 */
class RankNewEntitiesTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private JsonNode rank(String... options) {
    return Rankings.of(data, options);
  }

  private Map<String, Double> predicted(String column, String... options) {
    return data.predicted(column, options);
  }

  @Test
  void newEntitiesAreGivenAndRanked() throws IOException {
    Run.well(data.train());
    data.copy("left.csv", "new_left.csv", "\na", "\nnew_a");
    data.copy("right.csv", "new_right.csv", "\nb", "\nnew_b");
    String left = "--features=left=" + data.path("new_left.csv");
    String right = "--features=right=" + data.path("new_right.csv");
    List<String> expected = sorted(predicted("score"), "a3");
    assertEquals(expected, ids(rank("--given=left=new_a3", left)));
    List<String> asNew = ids(rank("--given=left=new_a3", "--candidates=new", left, right));
    assertEquals(expected.stream().map(id -> "new_" + id).toList(), asNew);
    assertEquals(expected, ids(rank("--given=left=new_a3", "--candidates=known", left, right)));
    assertEquals(18, ids(rank("--given=left=new_a3", left, right)).size());
  }

  @Test
  void whatIsGivenForAKnownCandidateIsUsed() throws IOException {
    Run.well(data.train());
    data.write("again.csv", data.read("right.csv").lines().findFirst().orElse("") + "\nb1,9,9\n");
    String again = "--features=right=" + data.path("again.csv");
    double expected = predicted("score", again).getOrDefault("a3 b1", Double.NaN);
    JsonNode ranked = rank("--given=left=a3", "--candidates=new", again);
    assertEquals(List.of("b1"), ids(ranked));
    assertEquals(expected, ranked.at("/ranking/0/score").asDouble(), 1e-9);
  }

  @Test
  void newEntitiesBringColumnsThatAreNotNumbers() throws IOException {
    StringBuilder typed = new StringBuilder("id,name,kind\n");
    for (int e = 1; e <= TinyData.RIGHT; e++) {
      typed.append("b%d,entity number %d,%s\n".formatted(e, e, e % 2 == 0 ? "even" : "odd"));
    }
    data.write("typed.csv", typed.toString());
    Run.well(data.train("--features=right=" + data.path("typed.csv")));
    data.copy("typed.csv", "new_typed.csv", "\nb", "\nnew_b");
    List<String> known = ids(rank("--given=left=a3"));
    List<String> asNew =
        ids(
            rank(
                "--given=left=a3",
                "--candidates=new",
                "--features=right=" + data.path("new_typed.csv")));
    assertEquals(known.stream().map(id -> "new_" + id).toList(), asNew);
  }

  @Test
  void aNewEntityIsGivenByItsDescription() throws IOException {
    StringBuilder typed = new StringBuilder("id,name,kind\n");
    for (int e = 1; e <= TinyData.RIGHT; e++) {
      typed.append("b%d,\"entity, number=%d\",%s\n".formatted(e, e, e % 2 == 0 ? "even" : "odd"));
    }
    data.write("typed.csv", typed.toString());
    Run.well(data.train("--features=right=" + data.path("typed.csv")));
    List<String> known = ids(rank("--right=b4"));
    assertEquals(known, ids(rank("--right", "name=entity, number=4,kind=even")));
    assertEquals(known, ids(rank("--right=kind=even,name=entity, number=4")));
    Run.refused(
        folder,
        data.withModel("rank", "--right=kind=even"),
        "--right",
        "'kind=even'",
        "does not say name",
        "name, kind");
    Run.refused(folder, data.withModel("rank", "--right=kin=even"), "'kin=even'", "9 entities");
  }

  @Test
  void aNewEntityOfNumbersIsGivenByThem() throws IOException {
    data.write(
        "numbers.csv",
        IntStream.rangeClosed(1, TinyData.LEFT)
            .mapToObj(e -> "a%d,%d,%s".formatted(e, e % 5, -0.25 * e))
            .collect(Collectors.joining("\n", "id,size,charge\n", "\n")));
    Run.well(data.train("--features=left=" + data.path("numbers.csv")));
    JsonNode ranked = rank("--left=size=2,charge=-1.75");
    assertEquals(ids(rank("--left=a7")), ids(ranked));
    assertEquals("size=2,charge=-1.75", ranked.at("/given/left").asString());
    Run.refused(folder, data.withModel("rank", "--left=size=2,charge=none"), "charge", "none");
  }

  @Test
  void newEntitiesOfOneTableMayBeDescribedInAnyOrderOfTheirColumns() throws IOException {
    data.write("points.csv", "id,size,charge\na,1,10\nb,2,30\nc,5,20\nd,3,50\n");
    data.write("cells.csv", "id,depth\nx,1\ny,4\nz,2\n");
    data.write(
        "triples.csv",
        "first,second,cell,score\na,b,x,1\nb,c,y,3\nc,d,z,2\nd,a,x,5\na,c,y,0\nb,d,z,4\n");
    Run.well(
        "train",
        "--pairs=" + data.path("triples.csv"),
        "--target=score",
        "--modes=first:point,second:point,cell",
        "--features=point=" + data.path("points.csv"),
        "--features=cell=" + data.path("cells.csv"),
        "--neurons=16",
        "--epochs=3",
        "--progress=none",
        "--out=" + data.path("model.kron"));
    JsonNode known = rank("--first=b", "--second=d");
    JsonNode described = rank("--first=size=2,charge=30", "--second=charge=50,size=3");
    assertEquals(ids(known), ids(described));
    for (int i = 0; i < 3; i++) {
      assertEquals(
          known.get("ranking").get(i).get("score").asDouble(),
          described.get("ranking").get(i).get("score").asDouble(),
          1e-5);
    }
  }
}
