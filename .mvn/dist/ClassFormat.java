import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * Classes in a newer class file format. The JVM keeps no class in a cache that has the format of
 * Java 5, which is that of picocli, and none that extends such a class: a fifth of the time of a
 * start. What the classes do stays the same.
 */
final class ClassFormat {
  /** Of Java 8: the oldest with all that is verified quickly. */
  private static final int MAJOR = 52;

  /** Where a class file has its version, below 256 so far. */
  private static final int MAJOR_BYTE = 7;

  private static final ClassFile CLASSES =
      ClassFile.of(
          ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                  .orElse(ClassHierarchyResolver.defaultResolver())));

  private ClassFormat() {}

  /** Copies a jar that is also on the class path. */
  static void renew(Path jar, Path copy) throws IOException {
    try (JarFile in = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file)) {
      for (JarEntry entry : in.stream().toList()) {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(same);
        try (InputStream bytes = in.getInputStream(entry)) {
          byte[] content = bytes.readAllBytes();
          boolean old = entry.getName().endsWith(".class") && content[MAJOR_BYTE] < MAJOR;
          out.write(old ? renewed(content) : content);
        }
        out.closeEntry();
      }
    }
  }

  private static byte[] renewed(byte[] content) {
    return CLASSES.transformClass(CLASSES.parse(content), ClassFormat::renew);
  }

  private static void renew(ClassBuilder builder, ClassElement element) {
    switch (element) {
      case ClassFileVersion version -> builder.withVersion(MAJOR, 0);
      // Code has to be written again to get its stack maps.
      case MethodModel method ->
          builder.transformMethod(
              method,
              MethodTransform.transformingCode((code, instruction) -> code.with(instruction)));
      default -> builder.with(element);
    }
  }
}
