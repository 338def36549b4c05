package io.github.streamingserver.mp4;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds boxes for tests, by the layouts of ISO 14496-12. */
final class Boxes {
  private Boxes() {}

  static byte[] box(String type, byte[]... contents) {
    byte[] content = join(contents);
    return join(number(8 + content.length), text(type), content);
  }

  /** A box whose size takes 64 bits. */
  static byte[] largeBox(String type, byte[] content) {
    return join(number(1), text(type), number(0), number(16 + content.length), content);
  }

  /** A box that goes on to the end of the file. */
  static byte[] openBox(String type, byte[] content) {
    return join(number(0), text(type), content);
  }

  static byte[] uuidBox(String id, byte[] content) {
    return box("uuid", HexFormat.of().parseHex(id), content);
  }

  static byte[] ftyp() {
    return box("ftyp", text("isom"), number(512), text("isomavc1"));
  }

  /** A movie of one track, whose sample description holds {@code entry}. */
  static byte[] movie(String handler, byte[] entry) {
    byte[] description = box("stsd", number(0), number(1), entry);
    byte[] media =
        box(
            "mdia",
            box("mdhd", number(0), number(0), number(0), number(48_000), number(96_000), number(0)),
            box("hdlr", number(0), number(0), text(handler), new byte[12]),
            box("minf", box("hdlr", number(0), text("dhlralis")), box("stbl", description)));
    return box("moov", mvhd(), box("trak", box("tkhd", new byte[84]), media));
  }

  static byte[] mvhd() {
    return box("mvhd", number(0), number(0), number(0), number(1000), number(2500), new byte[80]);
  }

  static byte[] visual(String type, int width, int height, byte[]... boxes) {
    byte[] fields = new byte[78];
    ByteBuffer.wrap(fields).putShort(24, (short) width).putShort(26, (short) height);
    return box(type, fields, join(boxes));
  }

  /** An entry of sound as QuickTime writes it, with the extra fields of that version. */
  static byte[] sound(String type, int version, byte[]... boxes) {
    byte[] fields = new byte[28 + (version == 1 ? 16 : version == 2 ? 36 : 0)];
    ByteBuffer.wrap(fields).putShort(8, (short) version);
    return box(type, fields, join(boxes));
  }

  static byte[] sinf(String original, String scheme) {
    return box(
        "sinf",
        box("frma", text(original)),
        box("schm", number(0), text(scheme), number(0x10000)),
        box("schi", box("tenc", new byte[24])));
  }

  static byte[] pssh(String system) {
    return box("pssh", number(0), HexFormat.of().parseHex(system.replace("-", "")), number(0));
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[] resource(String name) {
    try (InputStream in = Boxes.class.getResourceAsStream("/mp4/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Mp4Inspector inspect(byte[] file, int chunk) {
    Mp4Inspector inspector = new Mp4Inspector();
    for (int at = 0; at < file.length; at += chunk) {
      inspector.push(ByteBuffer.wrap(file, at, Math.min(chunk, file.length - at)));
    }
    return inspector;
  }
}
