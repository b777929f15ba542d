package millrace.interop;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the main method of one of Kafka's tools many times at the same time in one JVM, since as many JVMs would measure
 * themselves. Twice: first with a few records, while the JVM still compiles, then with those that count.
 *
 * <p>Arguments: how often, the class, the number of records of the first round and of the second, each of one run, and the
 * tool's arguments, in which {@code RECORDS} stands for that number. Prints the milliseconds of the second round.
 */
final class SideBySide {
    private SideBySide() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        Method tool = Class.forName(args[1]).getMethod("main", String[].class);
        String[] rest = Arrays.copyOfRange(args, 4, args.length);
        PrintStream out = System.out;
        // What the tools print side by side can be told apart by nobody.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        run(count, tool, rest, args[2]);
        long started = System.nanoTime();
        run(count, tool, rest, args[3]);
        out.printf("{\"tookMs\":%d}%n", (System.nanoTime() - started) / 1_000_000);
        out.flush();
    }

    private static void run(int count, Method tool, String[] args, String records) throws Exception {
        String[] given = Arrays.stream(args).map(arg -> arg.equals("RECORDS") ? records : arg).toArray(String[]::new);
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread[] threads = new Thread[count];
        for (int index = 0; index < count; index++) {
            threads[index] = new Thread(() -> {
                try {
                    tool.invoke(null, (Object) given);
                } catch (ReflectiveOperationException error) {
                    failure.set(error);
                }
            });
            threads[index].start();
        }
        for (Thread thread : threads) thread.join();
        if (failure.get() != null) throw failure.get();
    }
}
