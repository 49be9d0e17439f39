package kronwood.prepared;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import kronwood.data.ChunkShuffle;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Targets;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;

/** A small file of prepared pairs: 40 to train on, 8 to validate, 12 to test. */
public record PreparedFiles(Path file, Dataset data) {
  /** Six chunks of training records, the last one of five; three windows. */
  public static final ChunkShuffle SHUFFLE = new ChunkShuffle(7, 2);

  /** Writes random pairs with these targets, 60 of them. */
  public static PreparedFiles write(Path file, Random random, Targets targets, boolean weighted) {
    Dataset data =
        Pairs.of(
                random,
                Problems.table("left", Problems.denseFeatures(random, 12, 3)),
                Problems.table("right", Problems.denseFeatures(random, 9, 4)),
                targets)
            .data();
    List<String> classes =
        targets instanceof ClassTargets labels ? labels.classes() : List.<String>of();
    PreparedContent content =
        new PreparedContent(
            List.of(new PreparedContent.Mode("first", 0), new PreparedContent.Mode("second", 1)),
            List.of(table(data, 0), table(data, 1)),
            targets.names(),
            classes,
            weighted ? "w" : null,
            new PreparedContent.Sizes(40, 8, 12),
            SHUFFLE);
    PreparedWriter.write(file, content, writer -> records(data, weighted, writer));
    return new PreparedFiles(file, data);
  }

  private static PreparedContent.Table table(Dataset data, int table) {
    return new PreparedContent.Table(
        data.tables().get(table).name(), data.tables().get(table).ids().asList());
  }

  private static void records(Dataset data, boolean weighted, PreparedWriter writer)
      throws IOException {
    for (int i = 0; i < data.samples().size(); i++) {
      writer.put(data.samples().tuples().entity(i, 0));
      writer.put(data.samples().tuples().entity(i, 1));
      switch (data.samples().targets()) {
        case RealTargets real -> {
          for (int c = 0; c < real.outputs(); c++) {
            writer.put(real.value(i, c));
          }
        }
        case ClassTargets labels -> writer.put(labels.label(i));
      }
      if (weighted) {
        writer.put(0.5f + i % 3);
      }
    }
  }

  /** The modes of the data. */
  public List<Mode> modes() {
    return data.modes();
  }
}
