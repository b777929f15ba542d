// RenewDelegationToken, versions 1 and 2. No listener authenticates: DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, as Kafka
// answers on a PLAINTEXT listener.

import { ErrorCode } from '@millrace/protocol';
import { RenewDelegationTokenRequest } from '@millrace/protocol/messages/renew-delegation-token-request';
import {
  createRenewDelegationTokenResponse,
  RenewDelegationTokenResponse,
} from '@millrace/protocol/messages/renew-delegation-token-response';
import type { Handler } from '../handler.ts';

export function renewDelegationTokenHandler(): Handler<
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse
> {
  return {
    apiKey: RenewDelegationTokenRequest.apiKey,
    minVersion: 1,
    maxVersion: 2,
    request: RenewDelegationTokenRequest,
    response: RenewDelegationTokenResponse,
    handle() {
      return refused(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
    },
    failure(_request, error) {
      return refused(error);
    },
  };
}

function refused(errorCode: number): RenewDelegationTokenResponse {
  return createRenewDelegationTokenResponse({ errorCode, expiryTimestampMs: -1 });
}
