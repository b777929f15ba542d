import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetPage } from './page.ts';
import { workloads } from './workloads.ts';

test('shows a figure with its limit, for a request and for a MiB', () => {
  const workload = workloads.find(({ name }) => name === 'fetch-files')!;
  const page = budgetPage(
    {
      rows: [
        {
          workload,
          figures: {
            ...{
              calls: 50,
              reads: 2,
              writes: 9,
              fileReads: 5,
              fileWrites: 0,
              syncs: 0,
              handOvers: 12,
            },
            ...{ copies: 0, bufferBytes: 2048, heapBytes: 1024, scavenges: 1, markCompacts: 0.5 },
          },
          calls: new Map([
            ['read', 600],
            ['futex', 900],
            ['close', 1],
          ]),
          requests: 300,
          recordBytesARequest: 512 * 1024,
        },
      ],
      idle: { connections: 100, seconds: 2, calls: new Map([['read', 4]]) },
    },
    'perf stat',
  );
  assert.match(
    page,
    /\| Fetch of 1 MiB from a file[^|]*\| 50 \(\d+\) \| 2 \(9\) \| 9 \(14\) \| 5 \([\d.]+\) \|/,
  );
  assert.match(page, /\| Fetch of 1 MiB from a file[^|]*\| 100 \| 24 \| 4 KiB \| 2 KiB \|/);
  assert.match(page, /\| futex 3, read 2 \|/);
  assert.match(page, /100 connections that do nothing cost 2 system calls a second \(10\)/);
});
