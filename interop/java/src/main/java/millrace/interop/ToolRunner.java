package millrace.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs the main methods of Kafka's tools one after the other, since each JVM of its own would cost a second or two.
 * Reads {@code {"id", "op": "run", "tool", "args", "input", "timeoutMs"}} a line and answers with the exit code and
 * what the tool printed; the code is null when it did not end in time.
 */
public final class ToolRunner {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a tool's exit becomes. An Error, so that a tool that catches every Exception does not take it for its own. */
    private static final class Exited extends Error {
        Exited() {
            super("exit", null, false, false);
        }
    }

    private static final int STILL_RUNNING = Integer.MIN_VALUE;

    /** Takes what a tool says about the exit that it caught, which no user would see. */
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final PrintStream answers = System.out;

    public static void main(String[] args) throws Exception {
        new ToolRunner().serve();
    }

    private void serve() throws Exception {
        // Tools add hooks for an end that comes only with this JVM's. Those that say something there, past the reach of
        // this, need a JVM of their own: the verifiable producer.
        Exit.setShutdownHookAdder((name, hook) -> {});
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = requests.readLine()) != null) {
            JsonNode request = JSON.readTree(line);
            ObjectNode answer = JSON.createObjectNode().put("id", request.get("id").asInt());
            try {
                answer.set("result", run(request));
            } catch (Exception error) { // Whatever went wrong is the test's to judge.
                answer.put("error", error.toString());
            }
            answers.println(answer);
            answers.flush();
        }
        Runtime.getRuntime().halt(0); // A tool that was given up on may still hold a thread.
    }

    private ObjectNode run(JsonNode request) throws Exception {
        Class<?> tool = Class.forName(request.get("tool").asText());
        String[] args = JSON.convertValue(request.get("args"), String[].class);
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        AtomicInteger code = new AtomicInteger(STILL_RUNNING);
        Exit.Procedure exit = (status, message) -> {
            code.compareAndSet(STILL_RUNNING, status); // Whoever catches the first exit may exit again.
            System.setOut(NOWHERE);
            System.setErr(NOWHERE);
            throw new Exited();
        };
        Exit.setExitProcedure(exit);
        Exit.setHaltProcedure(exit);
        System.setIn(new ByteArrayInputStream(request.path("input").asText("").getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(stderr, true, StandardCharsets.UTF_8));
        Thread thread = new Thread(() -> call(tool, args, code), "tool");
        thread.setDaemon(true);
        thread.start();
        thread.join(request.get("timeoutMs").asLong());
        boolean ended = !thread.isAlive();
        if (!ended) thread.interrupt();
        ObjectNode result = JSON.createObjectNode();
        if (ended) result.put("code", code.get());
        else result.putNull("code");
        return result.put("stdout", stdout.toString(StandardCharsets.UTF_8))
                .put("stderr", stderr.toString(StandardCharsets.UTF_8));
    }

    /** As the JVM does: a main method that throws ends the program with 1 and a stack trace. */
    private static void call(Class<?> tool, String[] args, AtomicInteger code) {
        try {
            tool.getMethod("main", String[].class).invoke(null, (Object) args);
            code.compareAndSet(STILL_RUNNING, 0);
        } catch (InvocationTargetException error) {
            if (error.getCause() instanceof Exited) return;
            error.getCause().printStackTrace();
            code.compareAndSet(STILL_RUNNING, 1);
        } catch (ReflectiveOperationException error) {
            error.printStackTrace();
            code.compareAndSet(STILL_RUNNING, 1);
        }
    }
}
