import { preparedBatch } from '../compare/clients/prepared-batch.ts';
import { fetching, producing, tailing } from './running.ts';
import type { Workload } from './workload.ts';

const RECORD_BYTES = 1024;
/** 16 KiB with what a batch and a request have around their records: what a producer fills by default. */
const small = preparedBatch(RECORD_BYTES, 15);
/** Nearly 1 MiB, the largest that is taken by default. */
const large = preparedBatch(RECORD_BYTES, 1000);
/** Nearly 1 MiB in batches of 64 KiB. */
const fetched = { batch: preparedBatch(RECORD_BYTES, 63), batches: 15 };

const COSTLY_REQUESTS = 60;
const ALL_STEPS = Number.POSITIVE_INFINITY;

/**
 * In this order in one broker, so that most of its code is warm from the workloads before; the first one also fills the 64 MiB of
 * the tail cache, whose memory is used again from then on. Batches of 1 MiB push that out, so they come late. The last one
 * starts the broker anew.
 */
export const workloads: readonly Workload[] = [
  {
    name: 'produce-single',
    title: 'Produce, 1 connection, 1 request of 16 KiB at a time, not synced',
    ...{ warmSteps: 6000, countedSteps: 2000, bufferSteps: 200, stepsAConnection: 500 },
    open: (broker) => producing(broker, { batch: small }),
  },
  {
    name: 'produce-pipelined',
    title: 'Produce, 1 connection, 5 requests of 16 KiB at a time, not synced',
    ...{ warmSteps: 800, countedSteps: 600, bufferSteps: 40, stepsAConnection: 100 },
    open: (broker) => producing(broker, { batch: small, inFlight: 5 }),
  },
  {
    name: 'produce-synced',
    title: 'Produce, 1 connection, 5 requests of 16 KiB at a time, synced',
    ...{ warmSteps: 400, countedSteps: 400, bufferSteps: 40, stepsAConnection: 100 },
    open: (broker) => producing(broker, { batch: small, inFlight: 5, isSynced: true }),
  },
  {
    name: 'produce-connections',
    title: 'Produce, 100 connections, 1 request of 16 KiB each at a time, not synced',
    ...{ warmSteps: 30, countedSteps: 30, bufferSteps: 3, stepsAConnection: ALL_STEPS },
    open: (broker) => producing(broker, { batch: small, connections: 100 }),
  },
  {
    name: 'produce-connections-synced',
    title: 'Produce, 100 connections, 1 request of 16 KiB each at a time, synced',
    ...{ warmSteps: 20, countedSteps: 30, bufferSteps: 3, stepsAConnection: ALL_STEPS },
    open: (broker) => producing(broker, { batch: small, connections: 100, isSynced: true }),
  },
  {
    name: 'tail',
    title: 'Produce of 16 KiB, synced, and the Fetch that waits for it',
    ...{ warmSteps: 1200, countedSteps: 600, bufferSteps: 100, stepsAConnection: 300 },
    open: (broker) => tailing(broker, small),
  },
  {
    name: 'fetch-memory',
    title: 'Fetch of 1 MiB from the tail cache',
    ...{ warmSteps: 800, countedSteps: 300, bufferSteps: 30, stepsAConnection: 100 },
    open: (broker) => fetching(broker, { ...fetched, isFromFiles: false }),
  },
  {
    name: 'produce-debtor',
    title:
      'Produce, 1 connection, 5 requests of 16 KiB at a time, not synced, after some that took long',
    ...{ warmSteps: 200, countedSteps: 300, bufferSteps: 40, stepsAConnection: ALL_STEPS },
    open: (broker) =>
      producing(broker, {
        ...{ batch: small, inFlight: 5 },
        costly: { batch: large, count: COSTLY_REQUESTS },
      }),
  },
  {
    name: 'produce-large',
    title: 'Produce, 1 connection, 1 request of 1 MiB at a time, not synced',
    ...{ warmSteps: 100, countedSteps: 100, bufferSteps: 8, stepsAConnection: ALL_STEPS },
    open: (broker) => producing(broker, { batch: large }),
  },
  {
    name: 'fetch-files',
    title: 'Fetch of 1 MiB from a file, in the page cache, the same again and again',
    ...{ warmSteps: 800, countedSteps: 300, bufferSteps: 30, stepsAConnection: 100 },
    open: (broker) => fetching(broker, { ...fetched, isFromFiles: true }),
  },
  {
    name: 'fetch-through',
    title: 'Fetch of 1 MiB from a file, in the page cache, one after the other',
    ...{ warmSteps: 300, countedSteps: 300, bufferSteps: 30, stepsAConnection: 100 },
    open: (broker) => fetching(broker, { ...fetched, isFromFiles: true, pieces: 100 }),
  },
];
