// docs/budget.md: what was measured, and beside it what is written here about the steps.

import { pageTable } from '../../tools/page-table.ts';
import { type Budget, type BudgetRow, callsByName } from './budget.ts';
import type { IdleCost } from './cost.ts';
import { type FigureName, total } from './figures.ts';
import { IDLE_CALLS_LIMIT, LIMITS, rounded } from './limits.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

const INTRODUCTION = `# What a request costs

Copies, system calls and allocations of the broker for each request: the budget, and how it is held. \`npm run bench -- budget\`
counts them, in the program as it runs, while a client sends so many requests; it fails with a sentence where one of the
[limits](../bench/budget/limits.ts) is passed, and so does \`npm run interop -- budget\`, which counts fewer requests.
These are counts, not times: they are much the same on any machine. The files are in memory (\`/dev/shm\`) where there is room,
so that the speed of a disk has no part in it.`;

const PRODUCE: readonly Step[] = [
  {
    step: 'read the socket',
    cost: 'one `epoll_pwait` and one `read` for all that has come, up to 256 KiB, into the one buffer of all sockets',
    place: 'network/socket-reading.ts',
  },
  {
    step: 'cut into frames',
    cost: 'no copy of a frame that came with one read; one that a read has cut is copied once, into memory that is used again',
    place: 'frame-reader.ts',
  },
  {
    step: 'wait for its turn',
    cost: 'nothing. What comes from a connection whose requests took long lately waits for the next turn where others want to begin too: it is copied once, and its socket is stopped and started again (two `io_uring_enter`)',
    place: 'network/loop-turn.ts',
  },
  {
    step: 'decode',
    cost: 'some objects; the records stay where they are',
    place: 'network/dispatcher.ts',
  },
  { step: 'check the CRC', cost: 'each byte is looked at, in place', place: 'records/crc32c.ts' },
  {
    step: 'keep',
    cost: 'one copy, into memory that is used again',
    place: 'local/record-memory.ts',
  },
  {
    step: 'write',
    cost: 'one `pwrite64` or `pwritev` for all that waits. It is written by the thread of the event loop, up to 1 MiB, while the disk keeps up and, where it is synced, no other sync is under way',
    place: 'local/page-cache.ts',
  },
  {
    step: 'sync',
    cost: 'one `fdatasync` for all that was written; without a sync before the answer, one for 16 MiB beside the appends',
    place: 'local/log-writer.ts',
  },
  {
    step: 'hand over',
    cost: 'each sync, and each write that cannot be a mere copy, is made by a thread of the pool: a `futex` or more to wake it and for it to sleep again, a `write` and a `read` to wake the event loop, one more `epoll_pwait`',
    place: 'libuv',
  },
  {
    step: 'answer',
    cost: 'one `write` for all answers of the turn to a connection',
    place: 'network/response-writer.ts',
  },
];

const FETCH: readonly Step[] = [
  {
    step: 'read the request',
    cost: 'as above; the request itself is copied, some 100 bytes. The socket is stopped (two `io_uring_enter` with its start) only where more comes before the answer is there',
    place: 'network/connection.ts',
  },
  {
    step: 'find the records in memory',
    cost: 'no copy, no call; appends that follow each other are one part',
    place: 'local/tail-cache.ts',
  },
  {
    step: 'send them',
    cost: 'one `writev` of the cached memory, more where the client takes less',
    place: 'network/response-writer.ts',
  },
  {
    step: 'or have them read ahead',
    cost: 'who goes on where its last read ended: one `pread64` of what it asks for into memory that is used again, by a thread of the pool, before it asks',
    place: 'local/read-ahead.ts',
  },
  {
    step: 'or find them in a file',
    cost: 'the index, and a `pread64` of 16 KiB into a new buffer, by a thread of the pool',
    place: 'local/log-reader.ts',
  },
  {
    step: 'and send that',
    cost: 'for each 256 KiB one `pread64` into a pooled buffer, by a thread of the pool, and one `write`',
    place: 'network/response-writer.ts',
  },
];

const LEGEND = `- **Calls** of all threads of the process; **hand-overs** are the times when a thread had to wait (voluntary context
  switches). How many of both there are depends on how threads are scheduled; hand-overs have no limit.
- **Reads** and **writes** are those of sockets, and those by which other threads wake the event loop.
- **Copies** of each byte of the records in our own memory, by JavaScript; the system copies each byte once more as it is
  read, written to a file, or sent.
- **Buffers** are newly made, by JavaScript or Node: 0 where memory is used again. **Heap** is what JavaScript allocates
  besides.
- **Whole collections** of the heap in 1,000 requests. A large buffer that is made anew brings them nearer.
- The clients send so many requests, and the next ones when all are answered. In *Produce and the Fetch that waits for it* both
  are requests, and each record counts as it comes in and as it goes out.
- Clients connect anew after some hundred requests, else the broker would hold the time of a garbage collection that fell
  into a request against them (\`network/loop-turn.ts\`). What requests cost when it does is the row *after some that took
  long*.`;

interface Step {
  readonly step: string;
  readonly cost: string;
  readonly place: string;
}

export function budgetPage({ rows, idle }: Budget, tool: string): string {
  const heading = `Counted on Linux with Node ${process.versions.node}, system calls by ${tool}. In brackets is the limit.`;
  return [
    INTRODUCTION,
    `## A Produce, step by step\n\n${stepTable(PRODUCE)}`,
    `## A Fetch, step by step\n\n${stepTable(FETCH)}`,
    `## For each request\n\n${heading}\n\n${requestTable(rows)}\n\n${idleText(idle)}\n\n${LEGEND}`,
    `## For each MiB of records\n\n${mebibyteTable(rows)}`,
    `## System calls of a request, by name\n\n${callTable(rows)}`,
  ].join('\n\n');
}

function idleText(idle: IdleCost | null): string {
  if (idle === null) return '';
  const { calls, connections, seconds } = idle;
  return (
    `${connections} connections that do nothing cost ${rounded(total(calls) / seconds)} system calls a second ` +
    `(${IDLE_CALLS_LIMIT}), with the broker's own timers, in ${seconds} seconds.`
  );
}

function stepTable(steps: readonly Step[]): string {
  const rows = steps.map(({ step, cost, place }) => [step, cost, `\`${place}\``]);
  return pageTable(['step', 'what it costs', 'where'], rows);
}

const REQUEST_COLUMNS: readonly (readonly [string, FigureName, (figure: number) => string])[] = [
  ['calls', 'calls', rounded],
  ['reads', 'reads', rounded],
  ['writes', 'writes', rounded],
  ['file reads', 'fileReads', rounded],
  ['file writes', 'fileWrites', rounded],
  ['syncs', 'syncs', rounded],
  ['hand-overs', 'handOvers', rounded],
  ['copies', 'copies', rounded],
  ['buffers', 'bufferBytes', sized],
  ['heap', 'heapBytes', sized],
  ['whole collections', 'markCompacts', rounded],
];

function requestTable(rows: readonly BudgetRow[]): string {
  const cells = rows.map(({ workload, figures }) => [
    workload.title,
    ...REQUEST_COLUMNS.map(([, name, shown]) => {
      const limit = LIMITS[workload.name]?.[name];
      const figure = figures[name];
      if (figure === null) return '';
      return limit === undefined ? shown(figure) : `${shown(figure)} (${shown(limit)})`;
    }),
  ]);
  return pageTable(['', ...REQUEST_COLUMNS.map(([heading]) => heading)], cells);
}

function mebibyteTable(rows: readonly BudgetRow[]): string {
  const cells = rows.map(({ workload, figures, recordBytesARequest }) => {
    const aMebibyte = MIB / recordBytesARequest;
    const { calls, handOvers, bufferBytes, heapBytes } = figures;
    return [
      workload.title,
      calls === null ? '' : rounded(calls * aMebibyte),
      handOvers === null ? '' : rounded(handOvers * aMebibyte),
      sized(bufferBytes * aMebibyte),
      sized(heapBytes * aMebibyte),
    ];
  });
  return pageTable(['', 'calls', 'hand-overs', 'buffers', 'heap'], cells);
}

function callTable(rows: readonly BudgetRow[]): string {
  const cells = rows.map(({ workload, calls, requests }) => [
    workload.title,
    calls === null ? '' : callsByName(calls, requests),
  ]);
  return pageTable(['', 'calls'], cells);
}

function sized(bytes: number): string {
  if (bytes >= MIB) return `${(bytes / MIB).toFixed(1)} MiB`;
  return bytes >= KIB ? `${rounded(bytes / KIB)} KiB` : `${bytes.toFixed(0)} B`;
}
