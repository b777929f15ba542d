import { createRequire } from 'node:module';
import type * as Protobuf from '@bufbuild/protobuf/wire';
import type { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** One metric that a client sent. */
export interface ClientMetric {
  readonly name: string;
  /** A sum counts up; with `isDelta` each value is what came since the last push. */
  readonly kind: 'gauge' | 'sum';
  readonly isDelta: boolean;
  readonly points: readonly ClientMetricPoint[];
}

export interface ClientMetricPoint {
  /** Those of the metric's resource (such as `group_id`) and its own. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly value: number;
}

/** The bytes are no OTLP metrics, or hold more than the bound. */
export class OtlpError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OtlpError';
  }
}

const load = createRequire(import.meta.url);

/** Data points in one push. A Java client has a few hundred metrics, most of them with one point. */
const MAX_POINTS = 10_000;
const DELTA_TEMPORALITY = 1;

/**
 * The gauges and sums in `bytes`, a MetricsData of the OpenTelemetry protocol (opentelemetry-proto,
 * metrics/v1/metrics.proto), which is what KIP-714 asks clients for. Kinds that Kafka's clients do not send (histograms,
 * summaries) are passed over. Throws `OtlpError` and nothing else.
 */
export function decodeOtlpMetrics(bytes: Uint8Array): ClientMetric[] {
  const decoder = new Decoder();
  try {
    decoder.metricsData(readerOf(bytes));
  } catch (error) {
    if (error instanceof OtlpError) throw error;
    // What the library throws for bytes that end early, unknown wire types and text that is not UTF-8.
    const reason = error instanceof Error ? error.message : String(error);
    throw new OtlpError(`The bytes are no OTLP metrics: ${reason}.`, { cause: error });
  }
  return decoder.metrics;
}

/** The library is loaded when the first metrics come: most brokers never see any. */
function readerOf(bytes: Uint8Array): BinaryReader {
  const { BinaryReader } = load('@bufbuild/protobuf/wire') as typeof Protobuf;
  return new BinaryReader(bytes);
}

type Field = (reader: BinaryReader, field: number, wireType: WireType) => boolean;

/** Calls `field` for each; one that it does not take is skipped, as protobuf asks. */
function eachField(reader: BinaryReader, field: Field): void {
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (!field(reader, number, wireType)) reader.skip(wireType, number);
  }
}

function nested(reader: BinaryReader, field: Field): true {
  eachField(readerOf(reader.bytes()), field);
  return true;
}

class Decoder {
  readonly metrics: ClientMetric[] = [];
  #points = 0;

  metricsData(reader: BinaryReader): void {
    eachField(reader, (data, field) => {
      if (field !== 1) return false;
      this.#resourceMetrics(data);
      return true;
    });
  }

  #resourceMetrics(reader: BinaryReader): void {
    const ofResource = new Map<string, string>();
    // The resource may come after the metrics it is about.
    const scopes: Uint8Array[] = [];
    nested(reader, (resourceMetrics, field) => {
      if (field === 1) {
        return nested(resourceMetrics, (resource, inner) => {
          if (inner !== 1) return false;
          readAttribute(resource, ofResource);
          return true;
        });
      }
      if (field !== 2) return false;
      scopes.push(resourceMetrics.bytes());
      return true;
    });
    for (const scope of scopes) {
      eachField(readerOf(scope), (metrics, field) => {
        if (field !== 2) return false;
        this.#metric(metrics, ofResource);
        return true;
      });
    }
  }

  #metric(reader: BinaryReader, ofResource: ReadonlyMap<string, string>): void {
    let name = '';
    let kind: ClientMetric['kind'] | null = null;
    let isDelta = false;
    const points: ClientMetricPoint[] = [];
    nested(reader, (metric, field) => {
      if (field === 1) {
        name = metric.string();
        return true;
      }
      if (field !== 5 && field !== 7) return false;
      kind = field === 5 ? 'gauge' : 'sum';
      return nested(metric, (data, inner) => {
        if (inner === 1) {
          points.push(this.#point(data, ofResource));
          return true;
        }
        if (inner !== 2 || kind !== 'sum') return false;
        isDelta = data.int32() === DELTA_TEMPORALITY;
        return true;
      });
    });
    if (name !== '' && kind !== null) this.metrics.push({ name, kind, isDelta, points });
  }

  #point(reader: BinaryReader, ofResource: ReadonlyMap<string, string>): ClientMetricPoint {
    if (++this.#points > MAX_POINTS) {
      throw new OtlpError(`There are more than ${MAX_POINTS} data points in one push.`);
    }
    const attributes = new Map(ofResource);
    let value = 0;
    nested(reader, (point, field) => {
      if (field === 4) value = point.double();
      else if (field === 6) value = Number(point.sfixed64());
      else if (field === 7) readAttribute(point, attributes);
      else return false;
      return true;
    });
    return { attributes, value };
  }
}

/** A KeyValue with a plain value; others are passed over. */
function readAttribute(reader: BinaryReader, attributes: Map<string, string>): void {
  let key = '';
  let value: string | null = null;
  nested(reader, (pair, field) => {
    if (field === 1) {
      key = pair.string();
      return true;
    }
    if (field !== 2) return false;
    return nested(pair, (any, kind) => {
      if (kind === 1) value = any.string();
      else if (kind === 2) value = String(any.bool());
      else if (kind === 3) value = String(any.int64());
      else if (kind === 4) value = String(any.double());
      else return false;
      return true;
    });
  });
  if (key !== '' && value !== null) attributes.set(key, value);
}
