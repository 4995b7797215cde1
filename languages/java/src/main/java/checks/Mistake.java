package checks;

import io.github.cdkeventfunctions.PullSource;
import io.github.cdkeventfunctions.QueueSourceOptions;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.Queue;

/** An app with a mistake in it: the error must reach Java with the message of the library. */
public final class Mistake {
    private Mistake() {
    }

    public static void main(final String[] args) {
        Stack stack = new Stack(new App(), "Shop");
        PullSource.queue(new Queue(stack, "Queue"), QueueSourceOptions.builder().batchSize(0).build());
    }
}
