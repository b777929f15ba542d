// Transactions at a real Kafka, by the requests of a client that is older than KIP-890.

import { ErrorCode } from '@millrace/protocol';
import { AddPartitionsToTxnRequest } from '@millrace/protocol/messages/add-partitions-to-txn-request';
import { AddPartitionsToTxnResponse } from '@millrace/protocol/messages/add-partitions-to-txn-response';
import { EndTxnRequest } from '@millrace/protocol/messages/end-txn-request';
import { EndTxnResponse } from '@millrace/protocol/messages/end-txn-response';
import { FindCoordinatorRequest } from '@millrace/protocol/messages/find-coordinator-request';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator-response';
import { InitProducerIdRequest } from '@millrace/protocol/messages/init-producer-id-request';
import { InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id-response';
import { ProduceRequest } from '@millrace/protocol/messages/produce-request';
import { ProduceResponse } from '@millrace/protocol/messages/produce-response';
import { until } from '../harness/until.ts';
import { api } from './api.ts';
import type { Peer } from './peer.ts';

/** The key type of FindCoordinator. */
const TRANSACTION = 1;

const findCoordinator = api(FindCoordinatorRequest, FindCoordinatorResponse);
const initProducerId = api(InitProducerIdRequest, InitProducerIdResponse);
const addPartitions = api(AddPartitionsToTxnRequest, AddPartitionsToTxnResponse);
const produce = api(ProduceRequest, ProduceResponse);
const endTxn = api(EndTxnRequest, EndTxnResponse);

/** A producer of one transaction after the other in the first partition of a topic. */
export class TransactionalProducer {
  readonly #peer: Peer;
  readonly #topic: string;
  readonly #transactionalId: string;
  producerId = -1;
  producerEpoch = -1;
  /** Of the next record; the caller's to count. */
  sequence = 0;

  constructor(peer: Peer, topic: string, transactionalId: string) {
    this.#peer = peer;
    this.#topic = topic;
    this.#transactionalId = transactionalId;
  }

  async init(): Promise<void> {
    // Kafka makes the topic of its transactions when somebody looks for their coordinator.
    const keys = { keyType: TRANSACTION, coordinatorKeys: [this.#transactionalId] };
    await until('there is a transaction coordinator', async () => {
      const { coordinators } = await this.#peer.prepare(findCoordinator, 4, keys);
      return coordinators[0]?.errorCode === ErrorCode.NONE;
    });
    await until(`${this.#transactionalId} has a producer id`, async () => {
      const answer = await this.#peer.prepare(initProducerId, 4, {
        transactionalId: this.#transactionalId,
        transactionTimeoutMs: 60_000,
      });
      this.producerId = answer.producerId;
      this.producerEpoch = answer.producerEpoch;
      return answer.errorCode === ErrorCode.NONE;
    });
  }

  async begin(): Promise<void> {
    await this.#retried('begin', async () => {
      const { resultsByTopicV3AndBelow } = await this.#peer.prepare(addPartitions, 3, {
        v3AndBelowTransactionalId: this.#transactionalId,
        v3AndBelowProducerId: this.producerId,
        v3AndBelowProducerEpoch: this.producerEpoch,
        v3AndBelowTopics: [{ name: this.#topic, partitions: [0] }],
      });
      return resultsByTopicV3AndBelow[0]!.resultsByPartition[0]!.partitionErrorCode;
    });
  }

  async send(records: Buffer): Promise<void> {
    const { responses } = await this.#peer.prepare(produce, 11, {
      transactionalId: this.#transactionalId,
      acks: -1,
      timeoutMs: 10_000,
      topicData: [{ name: this.#topic, partitionData: [{ index: 0, records }] }],
    });
    const errorCode = responses[0]?.partitionResponses[0]?.errorCode;
    if (errorCode !== ErrorCode.NONE) throw new Error(`a batch was answered ${errorCode}`);
  }

  async end(committed: boolean): Promise<void> {
    await this.#retried('end', async () => {
      const { errorCode } = await this.#peer.prepare(endTxn, 4, {
        transactionalId: this.#transactionalId,
        producerId: this.producerId,
        producerEpoch: this.producerEpoch,
        committed,
      });
      return errorCode;
    });
  }

  /** A coordinator that still ends the transaction before answers CONCURRENT_TRANSACTIONS. */
  async #retried(what: string, ask: () => Promise<number>): Promise<void> {
    await until(`${this.#transactionalId} may ${what}`, async () => {
      const errorCode = await ask();
      if (errorCode === ErrorCode.CONCURRENT_TRANSACTIONS) return false;
      if (errorCode !== ErrorCode.NONE) throw new Error(`${what} was answered ${errorCode}`);
      return true;
    });
  }
}
