package io.github.streamingserver.recorder;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.stream.stage.AsyncCallback;

/** Has what is done elsewhere come back into a graph stage's own thread. */
record StageThread(AsyncCallback<Runnable> callback) {
  /** Does {@code action} there, soon. */
  void run(Runnable action) {
    callback.invoke(action);
  }

  /** Tells there how {@code stage} ends. */
  <T> void whenDone(CompletionStage<T> stage, Consumer<T> done, Consumer<Throwable> failed) {
    var _ =
        stage.whenComplete(
            (result, error) ->
                run(
                    () -> {
                      if (error == null) {
                        done.accept(result);
                      } else {
                        failed.accept(error);
                      }
                    }));
  }
}
