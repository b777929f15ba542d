// Syncs that fail for real: the device under the file system takes no writes any more, the page cache took them all, and
// the system has dropped them when fdatasync says so. The logs repair themselves when the device works again, and every
// record that was acknowledged, after a sync that worked or (flush.messages) before it, is on it, once and in order.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { brokerSuite } from './harness/broker-suite.ts';
import { uniqueName } from './harness/scratch.ts';
import { SmallDisk } from './harness/small-disk.ts';
import { SteadyLoad } from './harness/steady-load.ts';
import { until } from './harness/until.ts';
import { createTopic } from './harness/wire.ts';

const DISK_MIB = 64;
const ROUNDS = 3;
const timeout = 120_000;

const disk = SmallDisk.mountThin(DISK_MIB);
const name = 'syncs that fail';
if (typeof disk === 'string') it(name, { skip: disk });
else suite(disk);

function suite(disk: SmallDisk): void {
  const options = { ownBroker: true, dataDirectory: join(disk.path, 'data'), timeoutMs: timeout };
  brokerSuite(name, { needs: ['python'], ...options }, (broker) => {
    after(() => disk.unmount());

    it('are made up for, again and again', { timeout }, async (context) => {
      const { port, bootstrap } = broker();
      const loads: SteadyLoad[] = [];
      for (const flushMessages of ['1', '1', '500']) {
        const topic = uniqueName(`flush-${flushMessages}`);
        await createTopic(port, topic, 2, { 'flush.messages': flushMessages });
        // Much more is written between two syncs than a repair writes again of what had been synced.
        const maxFill = flushMessages === '1' ? 300 : 3000;
        const load = { bootstrap, topic, partitions: 2, recordsPerSecond: 300, maxFill };
        loads.push(new SteadyLoad(load));
      }
      const acked = () => loads.reduce((sum, load) => sum + load.acked, 0);
      const progress = async (what: string) => {
        const before = loads.map((load) => load.acked);
        await until(`records of all topics are acknowledged ${what}`, () =>
          loads.every((load, index) => load.acked > before[index]! + 200),
        );
      };
      await progress('at first');
      for (let round = 1; round <= ROUNDS; round++) {
        disk.fill();
        for (let before = -1; before !== acked(); ) {
          before = acked();
          await new Promise((resolve) => setTimeout(resolve, 1500));
        }
        disk.makeRoom();
        await progress(`after failure ${round}`);
      }
      for (const load of loads) await load.end(60_000);
      await broker().kill();
      // What the system only believes to be on the device is read from there now.
      writeFileSync('/proc/sys/vm/drop_caches', '1');
      await broker().launch();
      for (const load of loads) {
        for (const line of await load.check(60_000)) context.diagnostic(line);
      }
      const failures =
        broker()
          .logText()
          .match(/could not be written: .*fdatasync/g) ?? [];
      context.diagnostic(`${failures.length} syncs failed`);
      if (failures.length === 0) throw new Error('no sync failed, so nothing was tried');
    });
  });
}
