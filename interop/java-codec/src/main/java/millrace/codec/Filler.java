package millrace.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * Sets every field that a version of a message has to a pseudo-random value. What the version has is read from the
 * {@code SCHEMA_n} constants of Kafka's generated classes.
 */
final class Filler {
  private static final String LETTERS = "abcXYZ019-._ é水";
  private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  private final Random random;

  Filler(Random random) {
    this.random = random;
  }

  void fill(Message message, short version) throws ReflectiveOperationException {
    Schema schema = (Schema) message.getClass().getField("SCHEMA_" + version).get(null);
    fill(message, schema, version);
  }

  private void fill(Object struct, Schema schema, short version) throws ReflectiveOperationException {
    for (BoundField field : schema.fields()) {
      if (field.def.type instanceof TaggedFields tagged) {
        for (var known : tagged.fields().values()) {
          if (random.nextInt(3) > 0) set(struct, known.name, known.type, version);
        }
      } else {
        set(struct, field.def.name, field.def.type, version);
      }
    }
  }

  private void set(Object struct, String schemaName, Type type, short version) throws ReflectiveOperationException {
    Field field = fieldOf(struct.getClass(), schemaName);
    field.set(struct, type.isNullable() && random.nextInt(5) == 0 ? null : value(field, type, version));
  }

  /** Schemas spell {@code topic_id} what the class calls {@code topicId}. */
  private static Field fieldOf(Class<?> type, String schemaName) throws NoSuchFieldException {
    String wanted = schemaName.replace("_", "");
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || !field.getName().equalsIgnoreCase(wanted)) continue;
      field.setAccessible(true);
      return field;
    }
    throw new NoSuchFieldException(type.getName() + " has no field for " + schemaName);
  }

  private Object value(Field field, Type type, short version) throws ReflectiveOperationException {
    if (type.isArray()) return collection(field, type, version);
    return element(field.getType(), type, version);
  }

  /** Either a plain list or one of the generated collections that index their elements by a key. */
  @SuppressWarnings("unchecked")
  private Object collection(Field field, Type type, short version) throws ReflectiveOperationException {
    boolean isList = field.getType().isAssignableFrom(ArrayList.class);
    var all = (Collection<Object>) (isList ? new ArrayList<>() : field.getType().getConstructor().newInstance());
    Class<?> elementType;
    if (isList) {
      elementType = (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
    } else {
      var collectionType = (ParameterizedType) field.getType().getGenericSuperclass();
      elementType = (Class<?>) collectionType.getActualTypeArguments()[0];
    }
    Type inner = type.arrayElementType().orElseThrow();
    int count = random.nextInt(40) == 0 && !(inner instanceof Schema) ? 130 : random.nextInt(4);
    for (int index = 0; index < count; index++) all.add(element(elementType, inner, version));
    return all;
  }

  private Object element(Class<?> javaType, Type type, short version) throws ReflectiveOperationException {
    if (type instanceof Schema schema) {
      var constructor = javaType.getDeclaredConstructor();
      Object struct = constructor.newInstance();
      fill(struct, schema, version);
      return struct;
    }
    if (javaType == boolean.class || javaType == Boolean.class) return random.nextBoolean();
    if (javaType == byte.class || javaType == Byte.class) return (byte) random.nextInt();
    if (javaType == short.class || javaType == Short.class) return (short) random.nextInt();
    // A uint16 is an int in Java.
    if (type == Type.UINT16) return random.nextInt(0x10000);
    if (javaType == int.class || javaType == Integer.class) return random.nextInt();
    if (javaType == long.class || javaType == Long.class) return int64();
    if (javaType == double.class || javaType == Double.class) return random.nextGaussian() * 1e9;
    if (javaType == Uuid.class) return new Uuid(random.nextLong(), random.nextLong());
    if (javaType == String.class) return string();
    if (javaType == byte[].class) return bytes();
    if (javaType == ByteBuffer.class) return ByteBuffer.wrap(bytes());
    if (javaType.isAssignableFrom(MemoryRecords.class)) {
      return MemoryRecords.readableRecords(ByteBuffer.wrap(bytes()));
    }
    throw new IllegalArgumentException("no value for " + javaType + " as " + type);
  }

  /** Within the integers that a JavaScript number holds. */
  private long int64() {
    return switch (random.nextInt(5)) {
      case 0 -> -1;
      case 1 -> 0;
      case 2 -> MAX_SAFE_INTEGER - 1;
      case 3 -> -MAX_SAFE_INTEGER;
      default -> random.nextLong() % MAX_SAFE_INTEGER;
    };
  }

  private String string() {
    int length = random.nextInt(12) == 0 ? 200 : random.nextInt(30);
    var text = new StringBuilder();
    for (int index = 0; index < length; index++) text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    return text.toString();
  }

  private byte[] bytes() {
    var bytes = new byte[random.nextInt(12) == 0 ? 200 : random.nextInt(30)];
    random.nextBytes(bytes);
    return bytes;
  }
}
