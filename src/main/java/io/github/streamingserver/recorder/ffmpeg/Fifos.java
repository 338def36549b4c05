package io.github.streamingserver.recorder.ffmpeg;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Named pipes in a folder that only we may enter. All are held open at both ends until the other
 * process has opened them, so that no open waits for another, and no side can be left waiting.
 */
final class Fifos implements AutoCloseable {
  private final Path folder;
  private final List<Path> pipes;
  private final Map<Path, FileChannel> held = new HashMap<>();

  private Fifos(Path folder, List<Path> pipes) {
    this.folder = folder;
    this.pipes = pipes;
  }

  static Fifos make(List<String> names) throws IOException {
    Path folder = Files.createTempDirectory("streamingserver-mux-");
    Fifos fifos = new Fifos(folder, names.stream().map(folder::resolve).toList());
    try {
      fifos.make();
    } catch (IOException e) {
      fifos.close();
      throw e;
    }
    return fifos;
  }

  private void make() throws IOException {
    List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
    pipes.forEach(pipe -> command.add(pipe.toString()));
    Process mkfifo =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int code = mkfifo.waitFor();
      if (code != 0) {
        throw new IOException("mkfifo in [" + folder + "] ended with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while pipes were made", e);
    }
    for (Path pipe : pipes) {
      held.put(pipe, FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  FileChannel open(String name, StandardOpenOption end) throws IOException {
    return FileChannel.open(path(name), end);
  }

  /** Lets go of a pipe, which ends from now on with its users. */
  void release(String name) throws IOException {
    FileChannel channel = held.remove(path(name));
    if (channel != null) {
      channel.close();
    }
  }

  /** Lets go of the pipes, which end from now on with their users, and removes their names. */
  @Override
  public void close() throws IOException {
    for (FileChannel channel : held.values()) {
      channel.close();
    }
    for (Path pipe : pipes) {
      Files.deleteIfExists(pipe);
    }
    Files.deleteIfExists(folder);
  }
}
