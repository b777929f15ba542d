/** Levels of the log under Kafka's names, the most talkative first. */
export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The level of a logger that has none of its own. */
export const ROOT_LOGGER = 'root';

/**
 * How much of each subject is written to the log. The levels can be changed while the broker runs (`kafka-configs
 * --entity-type broker-loggers`) and, as in Kafka, last until it ends. Whoever writes the log asks `isOn`.
 */
export class Loggers {
  readonly #names: readonly string[];
  #rootLevel: LogLevel;
  /** Of the loggers that do not follow the root. */
  readonly #levels = new Map<string, LogLevel>();
  /** Bound: the parts of the program that write logs. */
  readonly #listeners: (() => void)[] = [];

  constructor(names: readonly string[], rootLevel: LogLevel) {
    this.#names = [ROOT_LOGGER, ...names];
    this.#rootLevel = rootLevel;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  level(name: string): LogLevel {
    return this.#levels.get(name) ?? this.#rootLevel;
  }

  isOn(name: string, level: LogLevel): boolean {
    return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(this.level(name));
  }

  /** Sets several at once; null lets a logger follow the root again, which itself always has a level. */
  set(levels: ReadonlyMap<string, LogLevel | null>): void {
    for (const [name, level] of levels) {
      if (name === ROOT_LOGGER) this.#rootLevel = level ?? this.#rootLevel;
      else if (level === null) this.#levels.delete(name);
      else this.#levels.set(name, level);
    }
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after each change. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }
}
