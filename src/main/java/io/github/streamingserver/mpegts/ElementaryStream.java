package io.github.streamingserver.mpegts;

/**
 * One line of a program map.
 *
 * @param sampleEncrypted its stream type is one of those that Apple keeps for SAMPLE-AES
 */
public record ElementaryStream(int pid, StreamCodec codec, boolean sampleEncrypted) {}
