import { ErrorCode, Reader } from '@millrace/protocol';
import {
  ApiVersionsRequest,
  createApiVersionsRequest,
} from '@millrace/protocol/messages/api-versions-request';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions-response';
import { type Api, nameOf } from './api.ts';
import { KafkaError } from './kafka-error.ts';
import { software } from './software.ts';

/** The versions of an API, both ends included. */
export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** What a broker serves, as it told in ApiVersions. */
export class BrokerVersions {
  readonly #ranges: ReadonlyMap<number, VersionRange>;
  readonly #where: string;

  /** `where` names the broker in errors. */
  constructor(answer: ApiVersionsResponse, where: string) {
    this.#ranges = new Map(
      answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [
        apiKey,
        { min: minVersion, max: maxVersion },
      ]),
    );
    this.#where = where;
  }

  /** By API key; for what the codec does not know as well. */
  get ranges(): ReadonlyMap<number, VersionRange> {
    return this.#ranges;
  }

  /**
   * The newest version that both sides and the caller know. Throws KafkaError UNSUPPORTED_BY_BROKER when there is
   * none.
   */
  newest<Request, Response>(
    api: Api<Request, Response>,
    wanted: VersionRange = { min: 0, max: 0x7fff },
  ): number {
    const { apiKey, minVersion, maxVersion, latestVersionUnstable } = api.request;
    const served = this.#ranges.get(apiKey);
    if (served === undefined) {
      throw unsupported(`${this.#where} does not serve ${nameOf(api)}.`);
    }
    const stableMax = latestVersionUnstable ? maxVersion - 1 : maxVersion;
    const min = Math.max(minVersion, wanted.min, served.min);
    const max = Math.min(stableMax, wanted.max, served.max);
    if (min <= max) return max;
    const ours = `${Math.max(minVersion, wanted.min)} to ${Math.min(stableMax, wanted.max)}`;
    throw unsupported(
      `${this.#where} serves ${nameOf(api)} in the versions ${served.min} to ${served.max}, and ${ours} would be needed.`,
    );
  }
}

function unsupported(summary: string): KafkaError {
  return new KafkaError('UNSUPPORTED_BY_BROKER', summary, {
    hint: 'The broker is too old for this, or too new.',
  });
}

/** Sends ApiVersions in this version; gives the frame of the answer and where its body begins. */
export type AskVersions = (
  version: number,
  message: ApiVersionsRequest,
) => Promise<{ readonly frame: Buffer; readonly bodyAt: number }>;

/**
 * Asks a broker for its versions. It begins with our newest version; an older broker answers UNSUPPORTED_VERSION in
 * the layout of version 0, since 2.4 together with what it serves (KIP-511), and is asked again.
 */
export async function readVersions(ask: AskVersions, where: string): Promise<BrokerVersions> {
  const message = createApiVersionsRequest({
    clientSoftwareName: software.name,
    clientSoftwareVersion: software.version,
  });
  const askOnce = async (version: number) => {
    const { frame, bodyAt } = await ask(version, message);
    return decodeVersions(frame, bodyAt, version);
  };
  const newest = ApiVersionsRequest.maxVersion;
  let answer = await askOnce(newest);
  if (answer.errorCode === ErrorCode.UNSUPPORTED_VERSION) {
    const own = answer.apiKeys.find(({ apiKey }) => apiKey === ApiVersionsRequest.apiKey);
    answer = await askOnce(Math.min(newest, own?.maxVersion ?? 0));
  }
  if (answer.errorCode === ErrorCode.NONE) return new BrokerVersions(answer, where);
  throw KafkaError.ofBroker(answer.errorCode, `${where} does not tell its versions`);
}

/** The error code comes first in every version, and an unsupported version is answered in the layout of version 0. */
function decodeVersions(frame: Buffer, bodyAt: number, version: number): ApiVersionsResponse {
  const reader = new Reader(frame, bodyAt);
  const isRefused =
    reader.remaining >= 2 && frame.readInt16BE(bodyAt) === ErrorCode.UNSUPPORTED_VERSION;
  return ApiVersionsResponse.decode(reader, isRefused ? 0 : version);
}
