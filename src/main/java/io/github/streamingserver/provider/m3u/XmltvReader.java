package io.github.streamingserver.provider.m3u;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.OptionalLong;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a guide in XMLTV of any length, element by element. A channel is known by its id, else by
 * one of its display names. No DTD is read and no entity but XML's own.
 */
final class XmltvReader {
  /** What a title or name may have; what follows is left out. */
  private static final int LONGEST_TEXT = 500;

  private static final XMLInputFactory FACTORY = factory();

  private final GuideWriter guide;
  private final Map<String, Integer> aliases = new HashMap<>();
  private long programmes;

  XmltvReader(GuideWriter guide) {
    this.guide = guide;
  }

  /** How many programmes there were, wanted or not. */
  long programmes() {
    return programmes;
  }

  /**
   * Reads to the end.
   *
   * @throws XMLStreamException where it is no XML from some point on; what came before is in the
   *     guide
   * @throws IOException where the guide can't be written
   */
  void read(InputStream in) throws XMLStreamException, IOException {
    try {
      read(FACTORY.createXMLStreamReader(in));
    } catch (MissingResourceException e) {
      // The parser has no words for some of what it finds wrong.
      throw new XMLStreamException("no XML", e);
    }
  }

  private void read(XMLStreamReader xml) throws XMLStreamException, IOException {
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "channel" -> channel(xml);
          case "programme" -> programme(xml);
          default -> {
            // The root, and what nobody asked for.
          }
        }
      }
    }
  }

  private void channel(XMLStreamReader xml) throws XMLStreamException {
    String id = attribute(xml, "id");
    boolean known = guide.keys().find(id) >= 0;
    while (nextChild(xml, "channel")) {
      if (!known && xml.getLocalName().equals("display-name")) {
        int named = guide.keys().find(ChannelItems.nameKey(text(xml)));
        if (named >= 0) {
          aliases.putIfAbsent(id, named);
        }
      }
    }
  }

  private void programme(XMLStreamReader xml) throws XMLStreamException, IOException {
    programmes++;
    OptionalLong start = XmltvTime.seconds(attribute(xml, "start"));
    long stop = XmltvTime.seconds(attribute(xml, "stop")).orElse(Long.MAX_VALUE);
    if (start.isEmpty() || stop <= start.getAsLong() || !guide.wants(start.getAsLong(), stop)) {
      return;
    }
    String id = attribute(xml, "channel");
    int key = guide.keys().find(id);
    if (key < 0) {
      key = aliases.getOrDefault(id, -1);
    }
    if (key < 0) {
      return;
    }
    while (nextChild(xml, "programme")) {
      if (xml.getLocalName().equals("title")) {
        guide.add(key, start.getAsLong(), stop, text(xml));
        return;
      }
    }
  }

  /** Goes to the next element within {@code parent}; whether there is one. */
  private static boolean nextChild(XMLStreamReader xml, String parent) throws XMLStreamException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(parent)) {
        return false;
      }
    }
    return false;
  }

  /** The text of the element that has begun, to where the first element begins or ends. */
  private static String text(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.START_ELEMENT) {
        break;
      }
      if (xml.hasText() && event != XMLStreamConstants.COMMENT && text.length() < LONGEST_TEXT) {
        text.append(xml.getText());
      }
    }
    return text.toString().strip().replaceAll("\\s+", " ");
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    // They count each &amp; too, and would end a long guide; without a DTD there is nothing to
    // bound.
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    return factory;
  }
}
