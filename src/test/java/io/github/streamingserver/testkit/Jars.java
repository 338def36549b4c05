package io.github.streamingserver.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a provider into a jar, as its author does. */
public final class Jars {
  private static final String FACTORY = "io.github.streamingserver.provider.ProviderFactory";

  private Jars() {}

  /**
   * A jar with one source file and what javac makes of it, put in place at once.
   *
   * @param service the class that the jar offers as its factory; empty for none
   */
  public static void build(Path jar, String type, String source, String service)
      throws IOException {
    Path work = Files.createTempDirectory("jar-");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + type.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    assertThat(
            compiler
                .getTask(
                    null,
                    null,
                    null,
                    List.of(
                        "-proc:none",
                        "-d",
                        work.toString(),
                        "-cp",
                        System.getProperty("java.class.path")),
                    null,
                    List.of(file))
                .call())
        .isTrue();
    if (!service.isEmpty()) {
      Path services = Files.createDirectories(work.resolve("META-INF/services"));
      Files.writeString(services.resolve(FACTORY), service + "\n", StandardCharsets.UTF_8);
    }
    Path part = Files.createTempFile("jar-", ".part");
    try (OutputStream out = Files.newOutputStream(part);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> made = Files.walk(work)) {
      for (Path entry : made.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(work.relativize(entry).toString()));
        Files.copy(entry, entries);
        entries.closeEntry();
      }
    }
    Files.createDirectories(jar.getParent());
    Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
    MediaStore.delete(work);
  }
}
