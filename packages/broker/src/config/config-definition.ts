/** Kafka's config types with their codes in DescribeConfigs. */
export const ConfigType = {
  UNKNOWN: 0,
  BOOLEAN: 1,
  STRING: 2,
  INT: 3,
  SHORT: 4,
  LONG: 5,
  DOUBLE: 6,
  LIST: 7,
  CLASS: 8,
  PASSWORD: 9,
} as const;
export type ConfigType = keyof typeof ConfigType;

/** Where a value comes from, with Kafka's codes in DescribeConfigs. */
export const ConfigSource = {
  TOPIC: 1,
  DYNAMIC_BROKER: 2,
  DYNAMIC_DEFAULT_BROKER: 3,
  STATIC_BROKER: 4,
  DEFAULT: 5,
  BROKER_LOGGER: 6,
  CLIENT_METRICS: 7,
  GROUP: 8,
} as const;

/** Kafka's largest long. As a limit it means "none", and is `Infinity` inside. */
export const LONG_MAX = '9223372036854775807';

/** Values of `compression.type`. */
export const COMPRESSION_TYPES = ['uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'];

export interface ConfigDefinition {
  /** Kafka's name. */
  readonly name: string;
  readonly type: ConfigType;
  /** Kafka's text form; null when Kafka has no default either. */
  readonly defaultValue: string | null;
  readonly min?: number;
  readonly max?: number;
  /** One more number that may be set, outside of `min` to `max`. */
  readonly orElse?: number;
  readonly allowed?: readonly string[];
  /** For texts with a form of their own: null, or what is wrong, a sentence. */
  readonly problemOf?: (value: string) => string | null;
  readonly documentation: string;
  /** For broker configs: Kafka lets it be changed while the broker runs, for one broker or for all, and so do we. */
  readonly isDynamic?: true;
  /** For broker configs: the one that holds where this one has no value, and what to multiply its number by. */
  readonly fallback?: { readonly name: string; readonly factor: number };
  /** For topic configs: the broker config that gives the default. */
  readonly brokerName?: string;
  /**
   * Set when this version does not act on other values: the sentence says why. The config is shown as read-only,
   * and setting it to anything else is refused rather than swallowed.
   */
  readonly fixedBecause?: string;
}

/** Null when `value` may be set, else one sentence (INVALID_CONFIG). */
export function configProblem(definition: ConfigDefinition, value: string): string | null {
  const { name, type, allowed } = definition;
  if (definition.fixedBecause !== undefined) {
    return value.trim() === (definition.defaultValue ?? '')
      ? null
      : `${name} is fixed at "${definition.defaultValue ?? ''}" here: ${definition.fixedBecause}`;
  }
  if (type === 'BOOLEAN' && !/^(true|false)$/i.test(value.trim())) {
    return `Invalid value ${value} for configuration ${name}: expected true or false.`;
  }
  if (type === 'INT' || type === 'SHORT' || type === 'LONG' || type === 'DOUBLE') {
    return numberProblem(definition, value.trim());
  }
  if (allowed !== undefined && !allowed.includes(value.trim())) {
    return `Invalid value ${value} for configuration ${name}: expected one of ${allowed.join(', ')}.`;
  }
  const problem = definition.problemOf?.(value) ?? null;
  if (problem !== null) return `Invalid value ${value} for configuration ${name}: ${problem}`;
  return null;
}

const TYPE_LIMITS: Readonly<Record<string, number>> = {
  INT: 2 ** 31,
  SHORT: 2 ** 15,
  LONG: 2 ** 63,
};

function numberProblem(definition: ConfigDefinition, text: string): string | null {
  const { name, type, min, max } = definition;
  const pattern = type === 'DOUBLE' ? /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/ : /^[+-]?\d+$/;
  const limit = TYPE_LIMITS[type] ?? Number.POSITIVE_INFINITY;
  // 2^63 − 1 and 2^63 are the same double, so the largest long is compared as text.
  const value = Number(text);
  const fits = value < limit || (type === 'LONG' && text.replace(/^\+/, '') === LONG_MAX);
  if (!pattern.test(text) || !fits || value < -limit) {
    return `Invalid value ${text} for configuration ${name}: not a number of type ${type}.`;
  }
  if (value === definition.orElse) return null;
  if (min !== undefined && value < min) {
    return `Invalid value ${text} for configuration ${name}: value must be at least ${min}.`;
  }
  if (max !== undefined && value > max) {
    return `Invalid value ${text} for configuration ${name}: value must be no more than ${max}.`;
  }
  return null;
}

/** A numeric config as a number; the largest long, Kafka's "no limit", is `Infinity`. */
export function configNumber(text: string): number {
  const trimmed = text.trim();
  return trimmed.replace(/^\+/, '') === LONG_MAX ? Number.POSITIVE_INFINITY : Number(trimmed);
}
