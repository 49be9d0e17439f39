package kronwood.docs;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kronwood.cli.Main;

/**
 * A folder in which commands run as for a reader who has just cloned the repository: it holds a
 * copy of the examples. All of them run in one process, which spares them the start of Java.
 */
final class ReaderFolder implements AutoCloseable {
  private final Path folder;
  private final Process server;
  private final DataOutputStream commands;
  private final DataInputStream answers;

  /**
   * What a command answered.
   *
   * @param code exit code
   * @param out standard output
   * @param err standard error
   */
  record Answer(int code, String out, String err) {}

  ReaderFolder(Path folder, Path log) throws IOException {
    this.folder = folder;
    server =
        new ProcessBuilder(
                javaHome().resolve("bin/java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                // Wider vectors would round sums otherwise than the machine of the pages did.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:UseAVX=2",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CommandServer.class.getName())
            .directory(folder.toFile())
            .redirectError(log.toFile())
            .start();
    commands = new DataOutputStream(server.getOutputStream());
    answers = new DataInputStream(server.getInputStream());
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Empties the folder and puts the examples there. */
  void beginPage() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
    Path examples = Repository.ROOT.resolve("examples");
    for (Path file : Repository.filesBelow(examples).toList()) {
      Path copy = folder.resolve("examples").resolve(examples.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  /** Runs {@link Main} or, for any other program, a shell. */
  Answer run(ShellCommand command) throws IOException, InterruptedException {
    if (!command.program().equals("./kronwood")) {
      return shell(command.text(), "");
    }
    String[] arguments = command.arguments();
    commands.writeInt(arguments.length);
    for (String argument : arguments) {
      commands.writeUTF(argument);
    }
    commands.flush();
    int code = answers.readInt();
    Answer answer = new Answer(code, text(), text());
    if (command.rest().isEmpty()) {
      return answer;
    }
    Answer rest = shell("cat " + command.rest(), answer.out);
    return new Answer(code, rest.out, answer.err + rest.err);
  }

  private String text() throws IOException {
    return new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8);
  }

  private Answer shell(String command, String input) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", command));
    builder
        .environment()
        .merge("PATH", javaHome().resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    try (var to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A program such as head has read enough.
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), out, "");
  }

  @Override
  public void close() throws IOException {
    commands.close();
    server.destroy();
  }
}
