// DescribeAcls, versions 1 to 3. There is no authorizer: SECURITY_DISABLED, as Kafka answers without one.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { DescribeAclsRequest } from '@millrace/protocol/messages/describe-acls-request';
import {
  createDescribeAclsResponse,
  DescribeAclsResponse,
} from '@millrace/protocol/messages/describe-acls-response';
import { refuseUnknownCodes } from '../acl-codes.ts';
import type { Handler } from '../handler.ts';

export function describeAclsHandler(): Handler<DescribeAclsRequest, DescribeAclsResponse> {
  return {
    apiKey: DescribeAclsRequest.apiKey,
    minVersion: 1,
    maxVersion: 3,
    request: DescribeAclsRequest,
    response: DescribeAclsResponse,
    handle({ resourceTypeFilter, patternTypeFilter, operation, permissionType }) {
      const codes = { resourceTypeFilter, patternTypeFilter, operation, permissionType };
      refuseUnknownCodes('DescribeAcls', codes);
      return refused(ErrorCode.SECURITY_DISABLED, 'No authorizer is configured on the broker.');
    },
    failure(_request, error) {
      return refused(error, errorMessage(error));
    },
  };
}

function refused(errorCode: number, message: string | null): DescribeAclsResponse {
  return createDescribeAclsResponse({ errorCode, errorMessage: message });
}
