import type { Stage } from './stage.ts';

/** What is acknowledged when. */
export type Durability =
  /** `flush.messages=9223372036854775807` on both: acknowledged from the page cache, as Kafka does by default. */
  | 'neither syncs'
  /** `flush.messages=1` on both: acknowledged when it is on the disk, as Millrace does by default. */
  | 'both sync'
  /** No setting: Millrace syncs before it acknowledges, Kafka does not. */
  | 'own defaults';

/** One number of a scenario. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** What Millrace's divided by Kafka's should be, at least where more is better, else at most. */
  readonly target?: number;
  /** What the broker itself takes for it, of which no client is the limit. */
  readonly isBrokersOwn?: true;
}

/** Something that is done to one broker after the other, and gives the same figures for each. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  /** Scenarios of a group stand together in the table. */
  readonly group: string;
  /** What is done, in a few words. */
  readonly title: string;
  readonly client: string;
  readonly durability: Durability;
  readonly figures: readonly Figure[];
  /** Whether the client is driven against the sink as well. */
  readonly sink: boolean;
  /** Before the first run: finds out what is the same for all brokers. The sink is not among the stages. */
  prepare?(stages: readonly Stage[]): Promise<void>;
  measure(stage: Stage): Promise<Measured>;
}

export interface Measured {
  /** By the names of the scenario's figures; one that the system does not tell is left out. */
  readonly figures: Readonly<Record<string, number>>;
  /** The command of the client, to be repeated by hand. */
  readonly command: string;
}

/** An optional target that is undefined must not be there at all. */
export function figureWithTarget(figure: Figure, target: number | undefined): Figure {
  return target === undefined ? figure : { ...figure, target };
}

/** Topic configs. */
export function durabilityConfigs(durability: Durability): Record<string, string> {
  if (durability === 'own defaults') return {};
  return { 'flush.messages': durability === 'both sync' ? '1' : '9223372036854775807' };
}
