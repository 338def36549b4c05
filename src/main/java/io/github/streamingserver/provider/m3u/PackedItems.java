package io.github.streamingserver.provider.m3u;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.streamingserver.model.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Many small objects in little memory: JSON, compressed {@value #PER_BLOCK} at a time, each made
 * anew when it is asked for. Quick where neighbours are asked for in turn. Thread-safe.
 */
final class PackedItems extends AbstractList<JsonObject> implements RandomAccess {
  private static final int PER_BLOCK = 64;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader FIELDS =
      JSON.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});

  private static final class Block {
    private final int number;
    private final byte[] content;

    Block(int number, byte[] content) {
      this.number = number;
      this.content = content;
    }
  }

  private final List<byte[]> blocks;
  private final int size;
  private volatile Block last = new Block(-1, new byte[0]);

  private PackedItems(List<byte[]> blocks, int size) {
    this.blocks = blocks;
    this.size = size;
  }

  @Override
  public JsonObject get(int index) {
    Objects.checkIndex(index, size);
    ByteBuffer block = ByteBuffer.wrap(block(index / PER_BLOCK));
    for (int before = index % PER_BLOCK; before > 0; before--) {
      int length = block.getInt();
      block.position(block.position() + length);
    }
    int length = block.getInt();
    try {
      Map<String, @Nullable Object> fields =
          FIELDS.readValue(block.array(), block.position(), length);
      return new JsonObject(fields);
    } catch (IOException e) {
      throw new UncheckedIOException("what was packed can't be read", e);
    }
  }

  @Override
  public int size() {
    return size;
  }

  private byte[] block(int number) {
    Block found = last;
    if (found.number != number) {
      try (var in = new InflaterInputStream(new ByteArrayInputStream(blocks.get(number)))) {
        found = new Block(number, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("what was packed can't be read", e);
      }
      last = found;
    }
    return found.content;
  }

  /** Packs objects in the order in which they come. */
  static final class Packer {
    private final List<byte[]> blocks = new ArrayList<>();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(32 << 10);
    private int size;

    void add(JsonObject item) throws IOException {
      byte[] json = JSON.writeValueAsBytes(item.fields());
      block.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(json.length).array());
      block.writeBytes(json);
      if (++size % PER_BLOCK == 0) {
        endBlock();
      }
    }

    PackedItems pack() throws IOException {
      if (block.size() > 0) {
        endBlock();
      }
      return new PackedItems(List.copyOf(blocks), size);
    }

    private void endBlock() throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      Deflater deflater = new Deflater(Deflater.BEST_SPEED);
      try (var out = new DeflaterOutputStream(packed, deflater)) {
        block.writeTo(out);
      } finally {
        deflater.end();
      }
      blocks.add(packed.toByteArray());
      block.reset();
    }
  }
}
