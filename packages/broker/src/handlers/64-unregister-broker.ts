// UnregisterBroker, version 0 (KIP-631): removes what is known of a broker that is gone for good. Every broker that is
// known here is running and answers this very request, so there is none to remove. Kafka drops a running one as well.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { UnregisterBrokerRequest } from '@millrace/protocol/messages/unregister-broker-request';
import {
  createUnregisterBrokerResponse,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker-response';
import type { Handler } from '../handler.ts';
import type { Placement } from '../placement.ts';

export function unregisterBrokerHandler(
  placement: Pick<Placement, 'brokerIds'>,
): Handler<UnregisterBrokerRequest, UnregisterBrokerResponse> {
  return {
    apiKey: UnregisterBrokerRequest.apiKey,
    minVersion: 0,
    maxVersion: 0,
    request: UnregisterBrokerRequest,
    response: UnregisterBrokerResponse,
    handle({ brokerId }) {
      const isRunning = placement.brokerIds().includes(brokerId);
      return isRunning
        ? refused(
            ErrorCode.INVALID_REQUEST,
            `Broker ${brokerId} is running; only one that has stopped can be unregistered.`,
          )
        : refused(
            ErrorCode.BROKER_ID_NOT_REGISTERED,
            `Broker ID ${brokerId} is not currently registered`,
          );
    },
    failure(_request, error) {
      return refused(error, errorMessage(error));
    },
  };
}

function refused(errorCode: number, message: string | null): UnregisterBrokerResponse {
  return createUnregisterBrokerResponse({ errorCode, errorMessage: message });
}
