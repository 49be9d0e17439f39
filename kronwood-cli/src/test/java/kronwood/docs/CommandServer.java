package kronwood.docs;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kronwood.cli.Main;

/**
 * Runs commands of the command line one after the other, in a process whose working folder is that
 * of a reader of the documentation. On standard input come the arguments of a command, on standard
 * output goes what it printed.
 */
final class CommandServer {
  private CommandServer() {}

  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    DataInputStream commands = new DataInputStream(System.in);
    DataOutputStream answers = new DataOutputStream(System.out);
    // Whatever prints there would be taken for an answer.
    System.setOut(System.err);
    try {
      while (true) {
        String[] command = new String[commands.readInt()];
        for (int i = 0; i < command.length; i++) {
          command[i] = commands.readUTF();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        answers.writeInt(Main.run(command, stream(out), stream(err)));
        write(answers, out);
        write(answers, err);
        answers.flush();
      }
    } catch (EOFException e) {
      // The tests are done.
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static void write(DataOutputStream answers, ByteArrayOutputStream bytes)
      throws IOException {
    answers.writeInt(bytes.size());
    bytes.writeTo(answers);
  }
}
