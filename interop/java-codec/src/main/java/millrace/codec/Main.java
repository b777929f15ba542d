package millrace.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * Answers each line on standard input with one line on standard output; what fails is answered with
 * {@code !} and the reason.
 *
 * <pre>
 * versions NAME              MIN MAX
 * default NAME VERSION       bytes (hex) of a message in which nothing is set
 * fill NAME VERSION SEED     bytes of a message with pseudo-random values
 * copy NAME VERSION BYTES    the same message, decoded and encoded again
 * convert NAME FROM TO BYTES the message, decoded as one version and encoded as another
 * headers KEY VERSION        versions of the request's and the response's header
 * errors                     NAME:CODE:RETRIABLE of every error, separated by blanks
 * </pre>
 */
public final class Main {
  private static final HexFormat HEX = HexFormat.of();

  public static void main(String[] args) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    var output = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      output.println(answer(line.split(" ", -1)));
    }
    output.flush();
  }

  private static String answer(String[] words) {
    try {
      return switch (words[0]) {
        case "versions" -> versions(create(words[1]));
        case "default" -> encode(create(words[1]), Short.parseShort(words[2]));
        case "fill" -> fill(words[1], Short.parseShort(words[2]), Long.parseLong(words[3]));
        case "copy" -> encode(decode(words[1], words[2], words[3]), Short.parseShort(words[2]));
        case "convert" -> encode(decode(words[1], words[2], words[4]), Short.parseShort(words[3]));
        case "headers" -> headers(Short.parseShort(words[1]), Short.parseShort(words[2]));
        case "errors" -> Arrays.stream(Errors.values()).map(Main::error).collect(Collectors.joining(" "));
        default -> "!no such command";
      };
    } catch (ReflectiveOperationException | RuntimeException failure) {
      return "!" + failure.toString().replaceAll("\\s+", " ");
    }
  }

  /** Requests, responses and headers have {@code Data} behind their name, other messages do not. */
  private static Message create(String name) throws ReflectiveOperationException {
    String className = "org.apache.kafka.common.message." + name;
    Class<?> type;
    try {
      type = Class.forName(className + "Data");
    } catch (ClassNotFoundException plain) {
      type = Class.forName(className);
    }
    return (Message) type.getConstructor().newInstance();
  }

  private static String versions(Message message) {
    return message.lowestSupportedVersion() + " " + message.highestSupportedVersion();
  }

  private static String encode(Message message, short version) {
    var cache = new ObjectSerializationCache();
    var buffer = ByteBuffer.allocate(message.size(cache, version));
    message.write(new ByteBufferAccessor(buffer), cache, version);
    if (buffer.hasRemaining()) throw new IllegalStateException(buffer.remaining() + " bytes were not written");
    return HEX.formatHex(buffer.array());
  }

  private static String fill(String name, short version, long seed) throws ReflectiveOperationException {
    Message message = create(name);
    new Filler(new Random(seed)).fill(message, version);
    return encode(message, version);
  }

  private static Message decode(String name, String version, String bytes) throws ReflectiveOperationException {
    Message message = create(name);
    var buffer = ByteBuffer.wrap(HEX.parseHex(bytes));
    message.read(new ByteBufferAccessor(buffer), Short.parseShort(version));
    if (buffer.hasRemaining()) throw new IllegalStateException(buffer.remaining() + " bytes were not read");
    return message;
  }

  private static String headers(short key, short version) {
    ApiKeys api = ApiKeys.forId(key);
    return api.requestHeaderVersion(version) + " " + api.responseHeaderVersion(version);
  }

  private static String error(Errors error) {
    return error.name() + ":" + error.code() + ":" + (error.exception() instanceof RetriableException);
  }
}
