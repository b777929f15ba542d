// DescribeDelegationToken, versions 1 to 3. No listener authenticates: DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, as Kafka
// answers on a PLAINTEXT listener.

import { ErrorCode } from '@millrace/protocol';
import { DescribeDelegationTokenRequest } from '@millrace/protocol/messages/describe-delegation-token-request';
import {
  createDescribeDelegationTokenResponse,
  DescribeDelegationTokenResponse,
} from '@millrace/protocol/messages/describe-delegation-token-response';
import type { Handler } from '../handler.ts';

export function describeDelegationTokenHandler(): Handler<
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse
> {
  return {
    apiKey: DescribeDelegationTokenRequest.apiKey,
    minVersion: 1,
    maxVersion: 3,
    request: DescribeDelegationTokenRequest,
    response: DescribeDelegationTokenResponse,
    handle() {
      return createDescribeDelegationTokenResponse({
        errorCode: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      });
    },
    failure(_request, errorCode) {
      return createDescribeDelegationTokenResponse({ errorCode });
    },
  };
}
