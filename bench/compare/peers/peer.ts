import type { PeerProcess } from './peer-process.ts';

export type PeerId = 'millrace' | 'kafka' | 'sink';

/** A kind of broker, of which any number can be started. */
export interface Peer {
  readonly id: PeerId;
  /** As it is written in the table. */
  readonly name: string;
  /** Starts one on an empty directory; resolves when it answers. */
  start(): Promise<PeerProcess>;
  /** The same from the very first step on, and does not wait until it answers. */
  launch(): Promise<PeerProcess>;
}

/**
 * Settings that all brokers get, and that change no figure: files of the topic of an earlier run are gone before the next
 * one is measured, and a group of consumers does not wait three seconds for members that never come.
 */
export const COMMON_SETTINGS: readonly string[] = [
  'log.segment.delete.delay.ms=500',
  'group.initial.rebalance.delay.ms=0',
];
