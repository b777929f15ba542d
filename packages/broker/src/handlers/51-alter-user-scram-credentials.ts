// AlterUserScramCredentials, version 0 (KIP-554). There is no SASL: what Kafka would refuse is refused as in Kafka, there is
// nothing to delete, and setting a credential is refused with UNSUPPORTED_VERSION.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import {
  AlterUserScramCredentialsRequest,
  type AlterUserScramCredentialsRequestScramCredentialUpsertion,
} from '@millrace/protocol/messages/alter-user-scram-credentials-request';
import {
  AlterUserScramCredentialsResponse,
  createAlterUserScramCredentialsResponse,
} from '@millrace/protocol/messages/alter-user-scram-credentials-response';
import type { Handler } from '../handler.ts';
import { Refusal } from '../refusal.ts';

type Upsertion = AlterUserScramCredentialsRequestScramCredentialUpsertion;

/** SCRAM-SHA-256 and SCRAM-SHA-512, by Kafka's codes. */
const MECHANISMS = [1, 2];
const MIN_ITERATIONS = 4096;
const MAX_ITERATIONS = 16_384;

export function alterUserScramCredentialsHandler(): Handler<
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse
> {
  return {
    apiKey: AlterUserScramCredentialsRequest.apiKey,
    minVersion: 0,
    maxVersion: 0,
    request: AlterUserScramCredentialsRequest,
    response: AlterUserScramCredentialsResponse,
    handle(request) {
      return createAlterUserScramCredentialsResponse({
        results: [...refusals(request)].map(([user, refusal]) => ({
          user,
          errorCode: refusal.error,
          errorMessage: refusal.message,
        })),
      });
    },
    failure({ deletions, upsertions }, error) {
      const users = new Set([...deletions, ...upsertions].map(({ name }) => name));
      return createAlterUserScramCredentialsResponse({
        results: [...users].map((user) => ({
          user,
          errorCode: error,
          errorMessage: errorMessage(error),
        })),
      });
    },
  };
}

/** By user. What is wrong with a user's first change counts more than that there is a second one. */
function refusals({ deletions, upsertions }: AlterUserScramCredentialsRequest) {
  const refused = new Map<string, Refusal>();
  for (const { name, mechanism } of deletions) {
    if (!refused.has(name)) refused.set(name, changeProblem(name, mechanism) ?? missing());
  }
  const sound = new Set<string>();
  for (const upsertion of upsertions) {
    const { name } = upsertion;
    if (refused.has(name) && !sound.has(name)) continue;
    const problem = sound.has(name) ? twice() : upsertionProblem(upsertion);
    refused.set(name, problem ?? noSasl());
    if (problem === null) sound.add(name);
    else sound.delete(name);
  }
  return refused;
}

function missing(): Refusal {
  const message = 'Attempt to delete a user credential that does not exist';
  return new Refusal(ErrorCode.RESOURCE_NOT_FOUND, message);
}

function twice(): Refusal {
  const message = 'A user credential cannot be altered twice in the same request';
  return new Refusal(ErrorCode.DUPLICATE_RESOURCE, message);
}

function noSasl(): Refusal {
  const message = 'This version has no SASL: credentials cannot be set.';
  return new Refusal(ErrorCode.UNSUPPORTED_VERSION, message);
}

function changeProblem(name: string, mechanism: number): Refusal | null {
  if (name === '') return unacceptable('Username must not be empty');
  return MECHANISMS.includes(mechanism)
    ? null
    : new Refusal(ErrorCode.UNSUPPORTED_SASL_MECHANISM, 'Unknown SCRAM mechanism');
}

function upsertionProblem({ name, mechanism, iterations }: Upsertion): Refusal | null {
  const problem = changeProblem(name, mechanism);
  if (problem !== null) return problem;
  if (iterations < MIN_ITERATIONS) {
    return unacceptable(`Too few iterations: at least ${MIN_ITERATIONS} are needed`);
  }
  return iterations > MAX_ITERATIONS
    ? unacceptable(`Too many iterations: at most ${MAX_ITERATIONS} are allowed`)
    : null;
}

function unacceptable(message: string): Refusal {
  return new Refusal(ErrorCode.UNACCEPTABLE_CREDENTIAL, message);
}
