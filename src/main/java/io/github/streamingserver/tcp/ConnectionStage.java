package io.github.streamingserver.tcp;

import java.io.IOException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.io.Tcp;
import org.apache.pekko.io.TcpMessage;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SubscriptionWithCancelException.NonFailureCancellation;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import scala.runtime.BoxedUnit;

/**
 * The bytes of an accepted connection, whose ends close one by one. Unlike Pekko's own stage it
 * asks for what is to be written next only when the system has taken all of what it was given last:
 * whoever sends knows what is still held in memory.
 */
final class ConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private enum Written implements Tcp.Event {
    ALL
  }

  private final ActorRef connection;
  private final Inlet<ByteString> in = Inlet.create("ConnectionStage.in");
  private final Outlet<ByteString> out = Outlet.create("ConnectionStage.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  ConnectionStage(ActorRef connection) {
    this.connection = connection;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private boolean writing;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              writing = true;
              tell(TcpMessage.write(grab(in), Written.ALL));
            }

            @Override
            public void onUpstreamFinish() {
              closeWhenWritten();
            }

            @Override
            public void onUpstreamFailure(Throwable cause) {
              abort(cause);
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              tell(TcpMessage.resumeReading());
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              if (!(cause instanceof NonFailureCancellation)) {
                abort(cause);
              } else if (isClosed(in)) {
                closeWhenWritten();
              } else {
                tell(TcpMessage.resumeReading());
              }
            }
          });
    }

    @Override
    public void preStart() {
      setKeepGoing(true);
      getStageActor(
              envelope -> {
                receive(envelope._2());
                return BoxedUnit.UNIT;
              })
          .watch(connection);
      tell(TcpMessage.register(stageActor().ref(), true, false));
      pull(in);
    }

    private void receive(Object message) {
      switch (message) {
        case Tcp.Received received -> read(received.data());
        case Written _ -> written();
        case Tcp.PeerClosed$ _ -> complete(out);
        case Tcp.ErrorClosed error ->
            failStage(new IOException("the connection is broken: " + error.cause()));
        case Tcp.ConnectionClosed _ -> completeStage();
        case Tcp.CommandFailed failed ->
            failStage(new IOException("the connection does not take " + failed.cmd()));
        case Terminated _ -> failStage(new IOException("the connection is gone"));
        default -> {}
      }
    }

    /** What comes when nobody listens any more is read all the same, for the end to be seen. */
    private void read(ByteString bytes) {
      if (isClosed(out)) {
        tell(TcpMessage.resumeReading());
      } else {
        push(out, bytes);
      }
    }

    private void written() {
      writing = false;
      if (isClosed(in)) {
        closeWhenWritten();
      } else {
        pull(in);
      }
    }

    private void closeWhenWritten() {
      if (!writing) {
        tell(isClosed(out) ? TcpMessage.close() : TcpMessage.confirmedClose());
      }
    }

    private void abort(Throwable cause) {
      tell(TcpMessage.abort());
      failStage(cause);
    }

    private void tell(Object command) {
      connection.tell(command, stageActor().ref());
    }
  }
}
