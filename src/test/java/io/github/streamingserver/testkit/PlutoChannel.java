package io.github.streamingserver.testkit;

import io.github.streamingserver.testkit.Media.Part;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A live channel as Pluto TV has them: programmes with breaks of advertisements, which come from
 * another host, with another picture, timestamps from their beginning and media sequences of their
 * own. Each programme has a media playlist that ends; then the multivariant playlist lists the
 * next. A block begins with {@value #LEAD} segments at once, so that the last playlist before it
 * stands still meanwhile. What is listed depends on the time and on nothing else.
 */
public final class PlutoChannel {
  /** Where the origin has the multivariant playlist. */
  public static final String MASTER = "pluto/master.m3u8";

  /** Segments that a block begins with. */
  public static final int LEAD = 3;

  private static final int WINDOW = 6;

  /**
   * How long things last, in segments.
   *
   * @param segmentSeconds of one segment
   * @param programme from one break to the next
   * @param advertisements of one break
   * @param breaks of the whole channel, each after its programme's part
   * @param breaksOfProgramme after so many breaks a programme ends
   */
  public record Plan(
      int segmentSeconds, int programme, int advertisements, int breaks, int breaksOfProgramme) {}

  /** What is broadcast in one piece; {@code number} is the programme's. */
  private record Block(
      Part part, List<ListedSegment> segments, int number, int begins, int firstSequence) {
    int ends() {
      return begins + segments.size();
    }
  }

  private final Plan plan;
  private final InstantSource time;
  private final Instant begin;
  private final List<Block> blocks = new ArrayList<>();

  /** Plans a channel that begins now, and has {@code origin} serve it. */
  public PlutoChannel(Origin origin, Plan plan, Media.Clips clips, InstantSource time) {
    this.plan = plan;
    this.time = time;
    // As if it had begun earlier: there is a window already.
    begin = time.instant().minus(segments(LEAD - 1));
    int begins = 0;
    for (int i = 0; i < plan.breaks(); i++) {
      int number = i / plan.breaksOfProgramme();
      int from = i * plan.programme();
      Part programme = new Part(clips.programme(), from, from + plan.programme());
      String folder = "pluto/programme" + number + "/720p";
      origin.mount(folder, clips.programme());
      List<ListedSegment> listed = programme.listed(origin.url(folder + "/"));
      blocks.add(new Block(programme, listed, number, begins, 1000 + from));
      begins += plan.programme();
      Part advertisement = new Part(clips.advertisement(), 0, plan.advertisements());
      String creative = "stitch/" + i + "_ad/creative/360p";
      origin.mount(creative, clips.advertisement());
      listed = advertisement.listed(origin.urlOnOtherHost(creative + "/"));
      blocks.add(new Block(advertisement, listed, number, begins, 0));
      begins += plan.advertisements();
    }
    origin.route(MASTER, _ -> Answer.text(MASTER, master()));
    for (int i = 0; i <= blocks.getLast().number(); i++) {
      int number = i;
      origin.route("pluto/" + number + ".m3u8", _ -> Answer.text("media.m3u8", media(number)));
    }
  }

  /** The clips that a channel of this plan needs. */
  public static Media.Clips clips(Plan plan) {
    int programme = plan.programme() * plan.breaks() * plan.segmentSeconds();
    int advertisement = plan.advertisements() * plan.segmentSeconds();
    return Media.clips(plan.segmentSeconds(), programme, advertisement);
  }

  /** All that is broadcast, in order. */
  public List<Part> parts() {
    return blocks.stream().map(Block::part).toList();
  }

  /** From the beginning until nothing more comes. */
  public Duration lasts() {
    return segments(blocks.getLast().ends());
  }

  private Duration segments(int count) {
    return Duration.ofSeconds((long) count * plan.segmentSeconds());
  }

  private boolean appeared(Block block, int segment) {
    Instant appears = begin.plus(segments(block.begins() + Math.max(segment, LEAD - 1)));
    return !time.instant().isBefore(appears);
  }

  private Block current(List<Block> of) {
    return of.reversed().stream()
        .filter(block -> appeared(block, 0))
        .findFirst()
        .orElse(of.getFirst());
  }

  private String master() {
    return "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=480x270\n"
        + current(blocks).number()
        + ".m3u8\n";
  }

  private String media(int number) {
    List<Block> programme = blocks.stream().filter(block -> block.number() == number).toList();
    Block block = current(programme);
    int shown =
        (int) IntStream.range(0, block.segments().size()).filter(i -> appeared(block, i)).count();
    int first = Math.max(0, shown - WINDOW);
    List<ListedSegment> listed = block.segments().subList(first, shown);
    int index = programme.indexOf(block);
    boolean begins = index > 0 && first == 0;
    List<String> head =
        List.of(
            "#EXT-X-MEDIA-SEQUENCE:" + (block.firstSequence() + first),
            "#EXT-X-DISCONTINUITY-SEQUENCE:" + (begins ? index - 1 : index));
    String text =
        ListedSegment.playlist(
            plan.segmentSeconds(), head, begins ? ListedSegment.discontinuous(listed) : listed);
    boolean ended = index == programme.size() - 1 && shown == block.segments().size();
    return ended ? text + ListedSegment.END_LIST + "\n" : text;
  }
}
