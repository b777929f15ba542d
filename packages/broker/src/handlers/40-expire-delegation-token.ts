// ExpireDelegationToken, versions 1 and 2. No listener authenticates: DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, as Kafka
// answers on a PLAINTEXT listener.

import { ErrorCode } from '@millrace/protocol';
import { ExpireDelegationTokenRequest } from '@millrace/protocol/messages/expire-delegation-token-request';
import {
  createExpireDelegationTokenResponse,
  ExpireDelegationTokenResponse,
} from '@millrace/protocol/messages/expire-delegation-token-response';
import type { Handler } from '../handler.ts';

export function expireDelegationTokenHandler(): Handler<
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse
> {
  return {
    apiKey: ExpireDelegationTokenRequest.apiKey,
    minVersion: 1,
    maxVersion: 2,
    request: ExpireDelegationTokenRequest,
    response: ExpireDelegationTokenResponse,
    handle() {
      return refused(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
    },
    failure(_request, error) {
      return refused(error);
    },
  };
}

function refused(errorCode: number): ExpireDelegationTokenResponse {
  return createExpireDelegationTokenResponse({ errorCode, expiryTimestampMs: -1 });
}
