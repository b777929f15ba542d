package millrace.interop;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Asks again until it is so: what a cluster was told reaches its metadata a moment later. */
final class Waiting {
    private Waiting() {}

    static void until(Callable<Boolean> holds) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                if (holds.call()) return;
            } catch (Exception error) {
                if (System.nanoTime() > deadline) throw error;
            }
            if (System.nanoTime() > deadline) throw new IllegalStateException("not in time");
            Thread.sleep(20);
        }
    }
}
