package io.github.streamingserver.provider;

import io.github.streamingserver.http.HttpSession;
import java.net.URI;

/**
 * An item whose streams are wanted.
 *
 * @param url the item's address, as the provider named it
 * @param session with the headers and cookies that the client asked for; to be gone on with
 * @param showAds whether the client wants advertisements
 */
public record ItemQuery(URI url, HttpSession session, boolean showAds) {}
