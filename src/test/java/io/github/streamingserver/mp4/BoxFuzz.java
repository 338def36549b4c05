package io.github.streamingserver.mp4;

import io.github.streamingserver.fuzz.Cuts;
import io.github.streamingserver.fuzz.FuzzTarget;
import java.nio.ByteBuffer;
import java.util.List;

/** An MP4 tells the same however its bytes are cut, and where what tells nothing is not read. */
public final class BoxFuzz implements FuzzTarget {
  @Override
  public void read(byte[] input) {
    FuzzTarget.promise(input.length == 0 || told(input) != null, "no answer");
    String whole = told(List.of(input));
    FuzzTarget.promise(whole.equals(told(Cuts.of(input))), "something else in pieces");
    FuzzTarget.promise(whole.equals(toldPassingOver(input)), "something else passing over");
    String times = times(List.of(input));
    FuzzTarget.promise(times.equals(times(Cuts.of(input))), "other times in pieces");
  }

  private static Boolean told(byte[] input) {
    return Mp4.isMp4(input);
  }

  private static String told(List<byte[]> pieces) {
    Mp4Inspector inspector = new Mp4Inspector();
    try {
      pieces.forEach(piece -> inspector.push(ByteBuffer.wrap(piece)));
      return inspector.facts() + ", at its end " + inspector.isAtEnd();
    } catch (Mp4Exception e) {
      return inspector.facts() + ", " + e.getMessage();
    }
  }

  private static String times(List<byte[]> pieces) {
    FragmentTimes times = new FragmentTimes();
    try {
      pieces.forEach(piece -> times.push(ByteBuffer.wrap(piece)));
      return times.take().toString();
    } catch (Mp4Exception e) {
      return times.take() + ", " + e.getMessage();
    }
  }

  private static String toldPassingOver(byte[] input) {
    Mp4Inspector inspector = new Mp4Inspector();
    ByteBuffer rest = ByteBuffer.wrap(input);
    try {
      while (rest.hasRemaining()) {
        int passed = (int) inspector.passOver(rest.remaining());
        rest.position(rest.position() + passed);
        if (passed == 0) {
          inspector.push(rest.slice(rest.position(), 1));
          rest.position(rest.position() + 1);
        }
      }
      return inspector.facts() + ", at its end " + inspector.isAtEnd();
    } catch (Mp4Exception e) {
      return inspector.facts() + ", " + e.getMessage();
    }
  }
}
