package kronwood.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands on the data of {@code examples/pairs}. */
final class ExamplePairs {
  private ExamplePairs() {}

  /** A file of the example. */
  static Path file(String name) {
    return Repository.ROOT.resolve("examples/pairs").resolve(name);
  }

  /** A command that reads the pairs, with more options. */
  static String[] with(String command, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                command,
                "--pairs=" + file("pairs.csv"),
                "--target=affinity",
                "--modes=left,right",
                "--features=left=" + file("left.csv"),
                "--similarity=right=" + file("right_similarity.csv")));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  /** A training of 64 neurons, to {@link #model}, with more options. */
  static String[] train(Path folder, String... more) {
    List<String> options = new ArrayList<>();
    options.add("--test-where=fold = 'test'");
    options.add("--neurons=64");
    options.add("--out=" + model(folder));
    options.addAll(List.of(more));
    return with("train", options.toArray(String[]::new));
  }

  /** Where {@link #train} puts its model. */
  static Path model(Path folder) {
    return folder.resolve("model.kron");
  }
}
