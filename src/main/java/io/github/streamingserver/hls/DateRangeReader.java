package io.github.streamingserver.hls;

import java.util.Set;

/** Makes a date range of the attributes of EXT-X-DATERANGE. */
final class DateRangeReader {
  private static final String ID = "ID";
  private static final String CLASS = "CLASS";
  private static final String START_DATE = "START-DATE";
  private static final String END_DATE = "END-DATE";
  private static final String PLANNED_DURATION = "PLANNED-DURATION";
  private static final String END_ON_NEXT = "END-ON-NEXT";
  private static final Set<String> FIELDS =
      Set.of(ID, CLASS, START_DATE, END_DATE, Attributes.DURATION, PLANNED_DURATION, END_ON_NEXT);

  private final ParseContext context;

  DateRangeReader(ParseContext context) {
    this.context = context;
  }

  DateRange read(AttributeList attributes) {
    if (attributes.text(ID).isEmpty()) {
      context.warn("EXT-X-DATERANGE without ID");
    }
    return new DateRange(
        attributes.text(ID).orElse(""),
        attributes.text(CLASS),
        attributes.date(START_DATE),
        attributes.date(END_DATE),
        attributes.seconds(Attributes.DURATION),
        attributes.seconds(PLANNED_DURATION),
        attributes.yes(END_ON_NEXT),
        attributes.without(FIELDS));
  }
}
