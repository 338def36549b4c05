package io.github.streamingserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the disk itself says. */
class FreeSpaceTest {
  @TempDir private Path folder;

  @Test
  void aFolderThatIsGoneIsNoFullDisk() {
    Path gone = folder.resolve("gone");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> FreeSpace.keeping(1).require(gone, 0))
        .withMessageContaining(gone.toString());
  }

  @Test
  void isShortOfNoMoreThanTheDiskHas() throws IOException {
    long total = Files.getFileStore(folder).getTotalSpace();
    assertThat(FreeSpace.keeping(1).isShort(folder)).isFalse();
    assertThat(FreeSpace.keeping(total + 1).isShort(folder)).isTrue();
  }
}
