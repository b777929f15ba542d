// Commits offsets until it is killed: `commit-until-killed.ts DATABASE TOPIC_ID`. Every acknowledged commit is
// written to standard output as a line `group partition offset`, synchronously, so that a printed line is one that
// was acknowledged before the kill. Run by the crash test of the SQLite metadata store.

import { writeSync } from 'node:fs';
import { SqliteMetadataStore } from '@millrace/storage';

/** Concurrent groups, so that transactions carry several commits and the kill can hit any of them. */
const GROUPS = 8;

const [path, topicId] = process.argv.slice(2);
const store = new SqliteMetadataStore({ path: path! });
await store.open();

/** A parent that reads slowly fills the pipe, which then refuses bytes (EAGAIN): try again until it has taken all. */
function print(line: string): void {
  const bytes = Buffer.from(line);
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(nobody, 0, 0, 1);
    }
  }
}

async function commitForever(groupId: string): Promise<never> {
  for (let partition = 0; ; partition++) {
    const offset = partition * 2 + 1;
    await store.commitOffsets(groupId, null, [
      { topicId: topicId!, partition, offset, leaderEpoch: -1, metadata: '', commitTimestampMs: 0 },
    ]);
    print(`${groupId} ${partition} ${offset}\n`);
  }
}

await Promise.all(Array.from({ length: GROUPS }, (_, index) => commitForever(`group-${index}`)));
