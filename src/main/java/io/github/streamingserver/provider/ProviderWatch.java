package io.github.streamingserver.provider;

import io.github.streamingserver.config.ProviderSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says within 2 s that something may have changed in the folder of providers, or in one of theirs:
 * told by the system where it can, else by looking each second. A thread of its own.
 */
final class ProviderWatch implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderWatch.class);

  /** An editor or a build writes several times: nothing more for so long is its end. */
  private static final Duration QUIET = Duration.ofMillis(200);

  /** What never becomes quiet is looked at all the same. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private static final Duration POLL = Duration.ofSeconds(1);

  /** In case the system has lost something. */
  private static final Duration SAFETY = Duration.ofSeconds(30);

  /** File systems on which all changes are made by this machine, so that its kernel can tell. */
  private static final Set<String> TOLD =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "zfs",
          "f2fs",
          "tmpfs",
          "overlay",
          "vfat",
          "msdos",
          "exfat",
          "ntfs3",
          "ubifs",
          "jffs2",
          "squashfs");

  @SuppressWarnings("rawtypes")
  private static final WatchEvent.Kind[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  private final Path root;
  private final Runnable changed;
  private final Optional<WatchService> service;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean polling;

  private ProviderWatch(Path root, Runnable changed, Optional<WatchService> service) {
    this.root = root;
    this.changed = changed;
    this.service = service;
  }

  /**
   * Watches until it is closed.
   *
   * @param changed called by the watch's thread, the first time soon
   */
  static ProviderWatch start(ProviderSettings settings, Runnable changed) {
    Optional<WatchService> service = settings.poll() ? Optional.empty() : service();
    ProviderWatch watch = new ProviderWatch(settings.folder(), changed, service);
    Thread.ofPlatform().daemon().name("providers-watch").start(watch::run);
    return watch;
  }

  private static Optional<WatchService> service() {
    try {
      return Optional.of(FileSystems.getDefault().newWatchService());
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info("Providers are looked at each second: the system tells of no changes: {}", e);
      return Optional.empty();
    }
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        boolean told = service.isPresent() && registerAll(service.get());
        changed.run();
        await(told ? SAFETY : POLL);
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      LOG.debug("Providers are watched no longer");
    }
  }

  /** Until something happens and becomes quiet, or {@code most} is over. */
  private void await(Duration most) throws InterruptedException {
    if (service.isEmpty()) {
      closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    WatchKey key = service.get().poll(most.toMillis(), TimeUnit.MILLISECONDS);
    long end = System.nanoTime() + LONGEST.toNanos();
    while (key != null) {
      key.pollEvents();
      key.reset();
      long left = Math.min(QUIET.toNanos(), end - System.nanoTime());
      key = left <= 0 ? null : service.get().poll(left, TimeUnit.NANOSECONDS);
    }
  }

  /** Whether the system tells of every change. */
  private boolean registerAll(WatchService watcher) {
    try {
      boolean told = register(root, watcher);
      for (Path folder : ProviderFolders.list(root, ProviderFolders::isProvider)) {
        told &= register(folder, watcher);
      }
      polling = !told;
      return told;
    } catch (IOException e) {
      if (!polling) {
        polling = true;
        LOG.info("Providers are looked at each second: {}", e.toString());
      }
      return false;
    }
  }

  private static boolean register(Path folder, WatchService watcher) throws IOException {
    folder.register(watcher, KINDS);
    if (!TOLD.contains(Files.getFileStore(folder).type())) {
      return false;
    }
    // What a link leads to may change without a word.
    List<Path> links =
        ProviderFolders.list(
            folder, file -> Files.isSymbolicLink(file) && Files.isRegularFile(file));
    return links.isEmpty();
  }

  @Override
  public void close() {
    closed.countDown();
    service.ifPresent(
        watcher -> {
          try {
            watcher.close();
          } catch (IOException e) {
            LOG.debug("The watch for providers can't be closed", e);
          }
        });
  }
}
