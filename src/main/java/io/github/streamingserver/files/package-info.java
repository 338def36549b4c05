/**
 * Files in folders that a client names, and that others may write to as well: nothing is reached
 * through a symbolic link, whenever it appears. JDK only.
 */
package io.github.streamingserver.files;
