// DescribeUserScramCredentials, version 0 (KIP-554). There is no SASL, so no user has credentials.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { DescribeUserScramCredentialsRequest } from '@millrace/protocol/messages/describe-user-scram-credentials-request';
import {
  createDescribeUserScramCredentialsResponse,
  createDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult,
  DescribeUserScramCredentialsResponse,
} from '@millrace/protocol/messages/describe-user-scram-credentials-response';
import type { Handler } from '../handler.ts';
import { repeated } from '../repeated.ts';

export function describeUserScramCredentialsHandler(): Handler<
  DescribeUserScramCredentialsRequest,
  DescribeUserScramCredentialsResponse
> {
  return {
    apiKey: DescribeUserScramCredentialsRequest.apiKey,
    minVersion: 0,
    maxVersion: 0,
    request: DescribeUserScramCredentialsRequest,
    response: DescribeUserScramCredentialsResponse,
    handle({ users }) {
      const names = (users ?? []).map(({ name }) => name);
      const twice = repeated(names);
      return createDescribeUserScramCredentialsResponse({
        results: [...new Set(names)].map((user) =>
          createDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
            twice.has(user)
              ? {
                  user,
                  errorCode: ErrorCode.DUPLICATE_RESOURCE,
                  errorMessage: `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`,
                }
              : {
                  user,
                  errorCode: ErrorCode.RESOURCE_NOT_FOUND,
                  errorMessage: `Attempt to describe a user credential that does not exist: ${user}`,
                },
          ),
        ),
      });
    },
    failure(_request, error) {
      return createDescribeUserScramCredentialsResponse({
        errorCode: error,
        errorMessage: errorMessage(error),
      });
    },
  };
}
