// What was acknowledged and what was read, record by record, kept apart from every client: the judge of a storm.

import assert from 'node:assert/strict';

/** One partition: the number of the record at each offset, as the producer was told and as a consumer found it. */
class PartitionLedger {
  readonly acked: number[] = [];
  read: (number | undefined)[] = [];
  /** Largest log start that was seen: nothing before it has to be readable. */
  logStart = 0;
}

/** FNV-1a over the numbers, in order: two readings that agree in it agree in every record. */
function runningHash(numbers: readonly (number | undefined)[], from: number): string {
  let hash = 0x811c9dc5;
  for (let at = from; at < numbers.length; at++) {
    for (const part of [at, numbers[at] ?? -1]) hash = Math.imul(hash ^ part, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

/**
 * The records of one topic that a single idempotent producer writes. A record is known by a number, which grows within
 * a partition. Memory: two numbers a record.
 */
export class RecordLedger {
  readonly #topic: string;
  readonly #partitions: readonly PartitionLedger[];
  readonly #sizeOf: (number: number) => number;
  #ackedCount = 0;

  /** `sizeOf` gives the bytes of the value that belongs to a number. */
  constructor(topic: string, partitions: number, sizeOf: (number: number) => number) {
    this.#topic = topic;
    this.#partitions = Array.from({ length: partitions }, () => new PartitionLedger());
    this.#sizeOf = sizeOf;
  }

  get ackedCount(): number {
    return this.#ackedCount;
  }

  /** Offset after the last acknowledged record. */
  ackedEnd(partition: number): number {
    return this.#partitions[partition]!.acked.length;
  }

  /** As far as it was seen. */
  logStart(partition: number): number {
    return this.#partitions[partition]!.logStart;
  }

  /** The producer was told that the record is at this offset: the one after that of its last, or something is lost. */
  acknowledge(partition: number, offset: number, number: number): void {
    const { acked } = this.#partitions[partition]!;
    const where = `${this.#topic}-${partition}`;
    assert.equal(offset, acked.length, `${where}: record ${number} is at the next offset`);
    const before = acked.at(-1) ?? -1;
    assert.ok(number > before, `${where}: record ${number} comes after ${before}`);
    acked.push(number);
    this.#ackedCount++;
  }

  found(partition: number, offset: number, number: number, sizeBytes: number): void {
    const { read } = this.#partitions[partition]!;
    const where = `${this.#topic}-${partition} at ${offset}`;
    assert.ok(offset >= read.length, `${where}: nothing is read twice`);
    assert.equal(sizeBytes, this.#sizeOf(number), `${where}: the value is that of ${number}`);
    // A gap is judged at the end: the log start may have passed the reader a moment ago.
    while (read.length < offset) read.push(undefined);
    read.push(number);
  }

  /** The log start of a partition as somebody saw it; it never goes back. */
  sawLogStart(partition: number, offset: number): void {
    const ledger = this.#partitions[partition]!;
    const where = `${this.#topic}-${partition}`;
    assert.ok(
      offset >= ledger.logStart,
      `${where}: the log start went from ${ledger.logStart} to ${offset}`,
    );
    ledger.logStart = offset;
  }

  /** Forgets what was read, so that it can be read once more. */
  readAgain(): void {
    for (const ledger of this.#partitions) ledger.read = [];
  }

  /**
   * Everything that was acknowledged was read, in order and once, but for what had been deleted; gives the hashes. With
   * `keys`, which come again and again, a record may be gone as well when there is a later one of its key.
   */
  check(keys = 0): string[] {
    return this.#partitions.map(({ acked, read, logStart }, partition) => {
      const latest = new Map(acked.map((number, offset) => [number % keys, offset]));
      const mayBeGone = (offset: number) =>
        offset < logStart || (keys > 0 && latest.get(acked[offset]! % keys)! > offset);
      const found = read.filter((number) => number !== undefined).length;
      const where = `${this.#topic}-${partition}`;
      assert.equal(
        read.length,
        acked.length,
        `${where}: all that is there was acknowledged and read`,
      );
      for (let offset = 0; offset < acked.length; offset++) {
        if (read[offset] === undefined) {
          assert.ok(
            mayBeGone(offset),
            `${where}: offset ${offset} is not deleted and was not read`,
          );
          read[offset] = acked[offset];
        }
        assert.equal(read[offset], acked[offset], `${where}: the record at ${offset}`);
      }
      const hash = runningHash(acked, 0);
      assert.equal(runningHash(read, 0), hash);
      return `${where}: ${acked.length} acknowledged, ${found} read, hash ${hash}`;
    });
  }
}
