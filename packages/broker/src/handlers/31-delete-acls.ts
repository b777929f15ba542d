// DeleteAcls, versions 1 to 3. There is no authorizer: each filter is answered with SECURITY_DISABLED, as in Kafka
// without one.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { DeleteAclsRequest } from '@millrace/protocol/messages/delete-acls-request';
import {
  createDeleteAclsResponse,
  createDeleteAclsResponseDeleteAclsFilterResult,
  DeleteAclsResponse,
} from '@millrace/protocol/messages/delete-acls-response';
import { refuseUnknownCodes } from '../acl-codes.ts';
import type { Handler } from '../handler.ts';

export function deleteAclsHandler(): Handler<DeleteAclsRequest, DeleteAclsResponse> {
  return {
    apiKey: DeleteAclsRequest.apiKey,
    minVersion: 1,
    maxVersion: 3,
    request: DeleteAclsRequest,
    response: DeleteAclsResponse,
    handle(request) {
      for (const filter of request.filters) {
        const { resourceTypeFilter, patternTypeFilter, operation, permissionType } = filter;
        const codes = { resourceTypeFilter, patternTypeFilter, operation, permissionType };
        refuseUnknownCodes('DeleteAcls', codes);
      }
      return refused(request, ErrorCode.SECURITY_DISABLED, 'No authorizer is configured.');
    },
    failure(request, error) {
      return refused(request, error, errorMessage(error));
    },
  };
}

function refused(
  { filters }: DeleteAclsRequest,
  errorCode: number,
  message: string | null,
): DeleteAclsResponse {
  return createDeleteAclsResponse({
    filterResults: filters.map(() =>
      createDeleteAclsResponseDeleteAclsFilterResult({ errorCode, errorMessage: message }),
    ),
  });
}
