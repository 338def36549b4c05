package io.github.streamingserver.tcp;

import com.typesafe.config.ConfigFactory;
import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.config.TcpSettings;
import io.github.streamingserver.fuzz.Cuts;
import io.github.streamingserver.fuzz.FuzzTarget;
import io.github.streamingserver.session.ByteBudget;
import io.github.streamingserver.session.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Frames are the same however their bytes are cut, and fewer where the budget is used up. */
public final class FrameFuzz implements FuzzTarget {
  private static final int MOST = 300;
  private static final int SCARCE = 50;

  private final ActorSystem system =
      ActorSystem.create(
          "fuzz",
          ConfigFactory.parseString("pekko.daemonic = on\npekko.loglevel = OFF")
              .withFallback(ConfigFactory.load()));
  private final TcpSettings settings =
      ServerSettings.create(
              ConfigFactory.parseString(
                      """
                      streamingserver.tcp {
                        max-message-size = %d
                        inbound-allowance = 64
                        inbound-hold = 0s
                      }
                      """
                          .formatted(MOST))
                  .withFallback(ConfigFactory.defaultReference())
                  .resolve())
          .tcp();

  @Override
  public void read(byte[] input) throws Exception {
    List<Frame> expected = expected(ByteBuffer.wrap(input));
    List<String> texts = expected.stream().map(FrameFuzz::shown).toList();
    FuzzTarget.promise(texts.equals(decoded(List.of(input), MOST)), "other frames in one piece");
    FuzzTarget.promise(texts.equals(decoded(Cuts.of(input), MOST)), "other frames in pieces");
    List<String> scarce = decoded(Cuts.of(input), SCARCE);
    FuzzTarget.promise(
        texts.subList(0, Math.min(texts.size(), scarce.size())).equals(scarce),
        "other frames on a small budget");
  }

  private List<String> decoded(List<byte[]> chunks, int budget) throws Exception {
    List<String> frames = new ArrayList<>();
    try {
      Source.from(chunks)
          .map(ByteString::fromArray)
          .via(new FrameDecoder(settings, new InboundLease(new ByteBudget(budget))))
          .map(FrameFuzz::shown)
          .runWith(Sink.foreach(frames::add), system)
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      if (budget == MOST || !(e.getCause() instanceof ConnectionRefusedException)) {
        throw e;
      }
    }
    return frames;
  }

  private static List<Frame> expected(ByteBuffer input) {
    List<Frame> frames = new ArrayList<>();
    while (input.remaining() >= Integer.BYTES) {
      long length = Integer.toUnsignedLong(input.getInt());
      if (length > MOST) {
        frames.add(new Frame.TooLong(length));
        input.position(input.position() + (int) Math.min(length, input.remaining()));
      } else if (length > input.remaining()) {
        return frames;
      } else {
        byte[] content = new byte[(int) length];
        input.get(content);
        frames.add(new Frame.Complete(ByteString.fromArray(content), () -> {}));
      }
    }
    return frames;
  }

  private static String shown(Frame frame) {
    return switch (frame) {
      case Frame.Complete(var content, var release) -> {
        release.run();
        yield content.encodeBase64().utf8String();
      }
      case Frame.TooLong(long length) -> "too long " + length;
    };
  }
}
