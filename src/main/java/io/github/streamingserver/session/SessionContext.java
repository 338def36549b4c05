package io.github.streamingserver.session;

import io.github.streamingserver.config.ServerSettings;
import io.github.streamingserver.protocol.MessageCodec;
import io.github.streamingserver.provider.ProviderRegistry;
import io.github.streamingserver.provider.thumbnail.Thumbnails;
import io.github.streamingserver.recorder.RecorderSupervisor;
import org.apache.pekko.actor.typed.ActorRef;

/** What all sessions share. */
public record SessionContext(
    ServerSettings settings,
    String version,
    MessageCodec codec,
    ByteBudget outboundBudget,
    TokenGate tokens,
    ActorRef<ProviderRegistry.Command> registry,
    ActorRef<Thumbnails.Command> thumbnails,
    ActorRef<RecorderSupervisor.Command> supervisor) {}
