// InitProducerId, versions 0 to 5, for idempotent producers: every call gives a producer id that was never given before.
// Left out: transactional ids, answered INVALID_REQUEST until there are transactions, because clients take that as final
// (a retriable error would have them ask for ever).

import { ErrorCode } from '@millrace/protocol';
import { InitProducerIdRequest } from '@millrace/protocol/messages/init-producer-id-request';
import {
  createInitProducerIdResponse,
  InitProducerIdResponse,
} from '@millrace/protocol/messages/init-producer-id-response';
import { MetadataError } from '@millrace/storage';
import type { Handler } from '../handler.ts';
import type { ProducerIds } from '../producer-ids.ts';

/** In place of a producer id or an epoch that is not given (KIP-360). */
const NONE = -1;

export function initProducerIdHandler(
  producerIds: ProducerIds,
): Handler<InitProducerIdRequest, InitProducerIdResponse> {
  const failed = (errorCode: number) =>
    createInitProducerIdResponse({ errorCode, producerId: -1, producerEpoch: -1 });
  return {
    apiKey: InitProducerIdRequest.apiKey,
    minVersion: 0,
    maxVersion: 5,
    request: InitProducerIdRequest,
    response: InitProducerIdResponse,
    async handle(request) {
      const hasId = request.producerId !== NONE;
      const hasEpoch = request.producerEpoch !== NONE;
      if (hasId !== hasEpoch) return failed(ErrorCode.INVALID_REQUEST);
      if (request.transactionalId !== null) return failed(ErrorCode.INVALID_REQUEST);
      try {
        return createInitProducerIdResponse({
          producerId: await producerIds.next(),
          producerEpoch: 0,
        });
      } catch (error) {
        if (error instanceof MetadataError) return failed(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        throw error;
      }
    },
    failure(_request, error) {
      return failed(error);
    },
  };
}
