// CreateDelegationToken, versions 1 to 3. A token vouches for an authenticated client, and no listener authenticates:
// DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, as Kafka answers on a PLAINTEXT listener.

import { ErrorCode } from '@millrace/protocol';
import { CreateDelegationTokenRequest } from '@millrace/protocol/messages/create-delegation-token-request';
import {
  CreateDelegationTokenResponse,
  createCreateDelegationTokenResponse,
} from '@millrace/protocol/messages/create-delegation-token-response';
import { ANONYMOUS_PRINCIPAL } from '../anonymous-principal.ts';
import type { Handler } from '../handler.ts';

export function createDelegationTokenHandler(): Handler<
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse
> {
  return {
    apiKey: CreateDelegationTokenRequest.apiKey,
    minVersion: 1,
    maxVersion: 3,
    request: CreateDelegationTokenRequest,
    response: CreateDelegationTokenResponse,
    handle(request, { apiVersion }) {
      return refused(request, ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, apiVersion);
    },
    failure(request, error, { apiVersion }) {
      return refused(request, error, apiVersion);
    },
  };
}

/** Names the owner that the token would have had: the one asked for, else the client itself. */
function refused(
  { ownerPrincipalType, ownerPrincipalName }: CreateDelegationTokenRequest,
  errorCode: number,
  version: number,
): CreateDelegationTokenResponse {
  const { type, name } = ANONYMOUS_PRINCIPAL;
  const asksForOwner = Boolean(ownerPrincipalType) && Boolean(ownerPrincipalName);
  return createCreateDelegationTokenResponse({
    errorCode,
    principalType: asksForOwner ? ownerPrincipalType! : type,
    principalName: asksForOwner ? ownerPrincipalName! : name,
    // Before version 3 who asks is always the owner.
    tokenRequesterPrincipalType: version < 3 ? '' : type,
    tokenRequesterPrincipalName: version < 3 ? '' : name,
    issueTimestampMs: -1,
    expiryTimestampMs: -1,
    maxTimestampMs: -1,
  });
}
