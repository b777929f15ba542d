import type { CountedBroker } from './counted-broker.ts';

/**
 * Something that clients do again and again in steps: in each of them they send their requests, and begin the next one
 * when all are answered. So what is under way at a time is the same in each step, whatever the machine is busy with.
 */
export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Steps until the broker is warm: its code compiled, its caches full. */
  readonly warmSteps: number;
  /** Steps that are counted, twice: once with the system calls, once with the rest. */
  readonly countedSteps: number;
  /** Steps that fit between two garbage collections. */
  readonly bufferSteps: number;
  /**
   * Steps after which the clients connect anew. The broker holds it against a connection when its requests took long,
   * and a collection of garbage that comes within one is enough for that.
   */
  readonly stepsAConnection: number;
  /** Makes what it needs, once. */
  readonly open: (broker: CountedBroker) => Promise<Running>;
}

export interface Running {
  readonly requestsAStep: number;
  /** Bytes of record batches in the requests or the answers of a step. */
  readonly recordBytesAStep: number;
  /** Takes new connections in place of those that it has. Comes before the first step. */
  connect(): Promise<void>;
  /** Done with new connections before their requests are counted; most have nothing to do. */
  readonly burden: (() => Promise<void>) | null;
  step(): Promise<void>;
  close(): void;
}
