import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Kafka's own record batches for interop/java-records.test.ts. Each line of standard input is a JSON object with one
 * of "build" (a batch to make), "marker" (a transaction marker to make) or "read" (batches in base64); each line of
 * standard output says what Kafka sees: {"bytes", "batches"} or {"error"}. Bytes are base64 everywhere.
 * Started from source: java -cp … RecordBatches.java
 */
public final class RecordBatches {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      System.out.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
    }
  }

  private static ObjectNode answer(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      MemoryRecords records =
          request.has("build") ? build(request.get("build"))
          : request.has("marker") ? marker(request.get("marker"))
          : MemoryRecords.readableRecords(ByteBuffer.wrap(bytes(request.get("read"))));
      ArrayNode batches = JSON.createArrayNode();
      for (MutableRecordBatch batch : records.batches()) batches.add(describe(batch));
      answer.put("bytes", base64(records.buffer()));
      answer.set("batches", batches);
    } catch (Exception error) {
      answer.removeAll();
      answer.put("error", error.toString());
    }
    return answer;
  }

  private static MemoryRecords build(JsonNode spec) {
    boolean appendTime = !spec.get("logAppendTimeMs").isNull();
    MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
        new ByteBufferOutputStream(1024),
        (byte) spec.get("magic").asInt(),
        compression(spec.get("codec").asText(), spec.get("level")),
        appendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
        spec.get("baseOffset").asLong(),
        appendTime ? spec.get("logAppendTimeMs").asLong() : RecordBatch.NO_TIMESTAMP,
        spec.get("producerId").asLong(),
        (short) spec.get("producerEpoch").asInt(),
        spec.get("baseSequence").asInt(),
        spec.get("transactional").asBoolean(),
        false,
        spec.get("partitionLeaderEpoch").asInt(),
        Integer.MAX_VALUE,
        spec.get("deleteHorizonMs").isNull() ? RecordBatch.NO_TIMESTAMP : spec.get("deleteHorizonMs").asLong());
    for (JsonNode record : spec.get("records")) {
      builder.appendWithOffset(
          record.get("offset").asLong(),
          record.get("timestampMs").asLong(),
          bytes(record.get("key")),
          bytes(record.get("value")),
          headers(record.get("headers")));
    }
    if (!spec.get("lastOffset").isNull()) builder.overrideLastOffset(spec.get("lastOffset").asLong());
    return builder.build();
  }

  private static Compression compression(String codec, JsonNode level) {
    return switch (codec) {
      case "gzip" -> level.isNull() ? Compression.gzip().build() : Compression.gzip().level(level.asInt()).build();
      case "lz4" -> level.isNull() ? Compression.lz4().build() : Compression.lz4().level(level.asInt()).build();
      case "zstd" -> level.isNull() ? Compression.zstd().build() : Compression.zstd().level(level.asInt()).build();
      default -> Compression.of(codec).build();
    };
  }

  private static Header[] headers(JsonNode list) {
    Header[] headers = new Header[list.size()];
    for (int index = 0; index < headers.length; index++) {
      JsonNode header = list.get(index);
      headers[index] = new RecordHeader(header.get("key").asText(), bytes(header.get("value")));
    }
    return headers;
  }

  private static MemoryRecords marker(JsonNode spec) {
    ControlRecordType type = ControlRecordType.valueOf(spec.get("result").asText().toUpperCase());
    return MemoryRecords.withEndTransactionMarker(
        spec.get("baseOffset").asLong(),
        spec.get("timestampMs").asLong(),
        spec.get("partitionLeaderEpoch").asInt(),
        spec.get("producerId").asLong(),
        (short) spec.get("producerEpoch").asInt(),
        new EndTransactionMarker(type, spec.get("coordinatorEpoch").asInt()));
  }

  private static ObjectNode describe(RecordBatch batch) {
    batch.ensureValid();
    ObjectNode out = JSON.createObjectNode();
    out.put("magic", batch.magic());
    out.put("sizeBytes", batch.sizeInBytes());
    out.put("crc", batch.checksum());
    out.put("codec", batch.compressionType().name);
    out.put("baseOffset", batch.baseOffset());
    out.put("lastOffset", batch.lastOffset());
    out.put("partitionLeaderEpoch", batch.partitionLeaderEpoch());
    out.put("logAppendTime", batch.timestampType() == TimestampType.LOG_APPEND_TIME);
    out.put("maxTimestamp", batch.maxTimestamp());
    if (batch.deleteHorizonMs().isPresent()) out.put("deleteHorizonMs", batch.deleteHorizonMs().getAsLong());
    else out.putNull("deleteHorizonMs");
    out.put("producerId", batch.producerId());
    out.put("producerEpoch", batch.producerEpoch());
    out.put("baseSequence", batch.baseSequence());
    out.put("lastSequence", batch.lastSequence());
    out.put("transactional", batch.isTransactional());
    out.put("control", batch.isControlBatch());
    out.put("recordCount", batch.countOrNull());
    ArrayNode records = out.putArray("records");
    for (Record record : batch) {
      record.ensureValid();
      ObjectNode described = describe(record);
      if (batch.isControlBatch()) {
        EndTransactionMarker marker = EndTransactionMarker.deserialize(record);
        described.put("result", marker.controlType().name().toLowerCase());
        described.put("coordinatorEpoch", marker.coordinatorEpoch());
      }
      records.add(described);
    }
    return out;
  }

  private static ObjectNode describe(Record record) {
    ObjectNode out = JSON.createObjectNode();
    out.put("offset", record.offset());
    out.put("timestampMs", record.timestamp());
    out.put("key", base64(record.key()));
    out.put("value", base64(record.value()));
    ArrayNode headers = out.putArray("headers");
    for (Header header : record.headers()) {
      byte[] value = header.value();
      headers.addObject().put("key", header.key()).put("value", value == null ? null : base64(ByteBuffer.wrap(value)));
    }
    return out;
  }

  private static byte[] bytes(JsonNode base64) {
    return base64.isNull() ? null : Base64.getDecoder().decode(base64.asText());
  }

  private static String base64(ByteBuffer buffer) {
    if (buffer == null) return null;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
