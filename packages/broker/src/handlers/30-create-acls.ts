// CreateAcls, versions 1 to 3. There is no authorizer: each is answered with SECURITY_DISABLED, as in Kafka without one.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { CreateAclsRequest } from '@millrace/protocol/messages/create-acls-request';
import {
  CreateAclsResponse,
  createCreateAclsResponse,
  createCreateAclsResponseAclCreationResult,
} from '@millrace/protocol/messages/create-acls-response';
import { refuseUnknownCodes } from '../acl-codes.ts';
import type { Handler } from '../handler.ts';

export function createAclsHandler(): Handler<CreateAclsRequest, CreateAclsResponse> {
  return {
    apiKey: CreateAclsRequest.apiKey,
    minVersion: 1,
    maxVersion: 3,
    request: CreateAclsRequest,
    response: CreateAclsResponse,
    handle(request) {
      for (const creation of request.creations) {
        const { resourceType, resourcePatternType, operation, permissionType } = creation;
        const codes = { resourceType, resourcePatternType, operation, permissionType };
        refuseUnknownCodes('CreateAcls', codes);
      }
      return refused(request, ErrorCode.SECURITY_DISABLED, 'No authorizer is configured.');
    },
    failure(request, error) {
      return refused(request, error, errorMessage(error));
    },
  };
}

function refused(
  { creations }: CreateAclsRequest,
  errorCode: number,
  message: string | null,
): CreateAclsResponse {
  return createCreateAclsResponse({
    results: creations.map(() =>
      createCreateAclsResponseAclCreationResult({ errorCode, errorMessage: message }),
    ),
  });
}
