/**
 * ISO base media files, read box by box as their bytes pass. Pure: bytes in, facts out; media data
 * is counted and never kept.
 */
package io.github.streamingserver.mp4;
