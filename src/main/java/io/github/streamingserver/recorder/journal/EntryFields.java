package io.github.streamingserver.recorder.journal;

import io.github.streamingserver.http.FileVersion;
import io.github.streamingserver.model.JsonObject;
import io.github.streamingserver.model.RecorderId;
import io.github.streamingserver.model.Totals;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.OptionalLong;

/** An entry ⇄ its fields. */
final class EntryFields {
  private static final int VERSION = 1;

  private static final String FORMAT = "format";
  private static final String REQUEST = "request";
  private static final String BEGAN = "began";
  private static final String SAVED = "saved";
  private static final String FOLDER = "folder";
  private static final String RECORDER = "recorder";
  private static final String QUALITY = "quality";
  private static final String EXTENSION = "extension";
  private static final String SECTION = "section";
  private static final String SECTION_BYTES = "section_bytes";
  private static final String TOTALS = "totals";
  private static final String BYTES = "bytes";
  private static final String SEGMENTS = "segments";
  private static final String SECONDS = "seconds";
  private static final String LOST_SEGMENTS = "lost_segments";
  private static final String LOST_SECONDS = "lost_seconds";
  private static final String SECTIONS = "sections";
  private static final String POINT = "point";
  private static final String FILE = "file";
  private static final String ETAG = "etag";
  private static final String LAST_MODIFIED = "last_modified";
  private static final String LENGTH = "length";
  private static final String RESUMES = "resumes";

  private EntryFields() {}

  static JsonObject of(JournalEntry entry) {
    JournalEntry.Files file = entry.file();
    JsonObject fields =
        JsonObject.of(FORMAT, VERSION)
            .with(REQUEST, RequestFields.of(entry.request()))
            .with(BEGAN, entry.began().toString())
            .with(SAVED, entry.saved().toString())
            .with(FOLDER, entry.folder().toString())
            .with(RECORDER, file.recorder().id())
            .with(QUALITY, file.quality())
            .with(EXTENSION, file.extension())
            .with(SECTION, file.section())
            .with(SECTION_BYTES, file.bytes())
            .with(TOTALS, totals(entry.totals()))
            .with(RESUMES, entry.resumes());
    if (entry.point().isPresent()) {
      fields = fields.with(POINT, PointFields.of(entry.point().get()));
    }
    return entry.version().isPresent() ? fields.with(FILE, version(entry.version().get())) : fields;
  }

  /**
   * @throws IllegalArgumentException where anything is missing or can't be
   */
  static JournalEntry read(JsonObject fields) {
    if (Fields.whole(fields, FORMAT) != VERSION) {
      throw new IllegalArgumentException("it is of another version of the server");
    }
    try {
      return new JournalEntry(
          RequestFields.read(Fields.object(fields, REQUEST)),
          Fields.time(Fields.text(fields, BEGAN)),
          Fields.time(Fields.text(fields, SAVED)),
          Path.of(Fields.text(fields, FOLDER)),
          new JournalEntry.Files(
              recorder(Fields.text(fields, RECORDER)),
              Fields.text(fields, QUALITY),
              Fields.text(fields, EXTENSION),
              (int) Fields.whole(fields, SECTION),
              Fields.whole(fields, SECTION_BYTES)),
          totals(Fields.object(fields, TOTALS)),
          fields.object(POINT).map(PointFields::read),
          fields.object(FILE).map(EntryFields::version),
          (int) Fields.whole(fields, RESUMES));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a time can't be read: " + e.getMessage(), e);
    }
  }

  private static RecorderId recorder(String id) {
    return RecorderId.of(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no recorder " + id));
  }

  private static JsonObject totals(Totals totals) {
    return JsonObject.of(BYTES, totals.bytes())
        .with(SEGMENTS, totals.segments())
        .with(SECONDS, totals.mediaSeconds())
        .with(LOST_SEGMENTS, totals.lostSegments())
        .with(LOST_SECONDS, totals.lostSeconds())
        .with(SECTIONS, totals.sections());
  }

  private static Totals totals(JsonObject fields) {
    return new Totals(
        Fields.whole(fields, BYTES),
        Fields.whole(fields, SEGMENTS),
        Fields.number(fields, SECONDS),
        Fields.whole(fields, LOST_SEGMENTS),
        Fields.number(fields, LOST_SECONDS),
        (int) Fields.whole(fields, SECTIONS));
  }

  private static JsonObject version(FileVersion version) {
    JsonObject fields = JsonObject.empty();
    if (version.etag().isPresent()) {
      fields = fields.with(ETAG, version.etag().get());
    }
    if (version.lastModified().isPresent()) {
      fields = fields.with(LAST_MODIFIED, version.lastModified().get());
    }
    return version.length().isPresent()
        ? fields.with(LENGTH, version.length().getAsLong())
        : fields;
  }

  private static FileVersion version(JsonObject fields) {
    Optional<Long> length = fields.number(LENGTH).map(Double::longValue);
    return new FileVersion(
        fields.text(ETAG),
        fields.text(LAST_MODIFIED),
        length.map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }
}
