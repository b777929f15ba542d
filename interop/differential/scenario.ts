// A scenario is a script of requests. It runs on both brokers at once, once for each version, and what comes of its
// requests is compared in order.

import type { Api, Sparse } from './api.ts';
import type { Peer } from './peer.ts';

export interface Scenario {
  readonly api: string;
  readonly apiKey: number;
  readonly name: string;
  /** Versions it runs with, among those that we serve. */
  readonly from: number;
  readonly to: number;
  run(peer: Peer, version: number): Promise<void>;
}

type MadeRequest<T> = (peer: Peer, version: number) => Sparse<T>;
type Request<T> = Sparse<T> | MadeRequest<T>;
type Script = (peer: Peer, version: number) => Promise<void>;

/** Collects the scenarios of one API: requests by `ask`, and by `script` what takes more than one. */
export class Scenarios<RequestMessage, ResponseMessage> {
  readonly list: Scenario[] = [];
  readonly #api: Api<RequestMessage, ResponseMessage>;

  constructor(api: Api<RequestMessage, ResponseMessage>) {
    this.#api = api;
  }

  /** One request, in every version from `from` to `to` that we serve. */
  ask(
    name: string,
    request: Request<RequestMessage>,
    from = 0,
    to = Number.POSITIVE_INFINITY,
  ): this {
    return this.script(
      name,
      async (peer, version) => {
        const given = isMade(request) ? request(peer, version) : request;
        await peer.ask(this.#api, version, given);
      },
      from,
      to,
    );
  }

  script(name: string, run: Script, from = 0, to = Number.POSITIVE_INFINITY): this {
    const { name: api, apiKey, request } = this.#api;
    // Produce is announced from version 0 on for old librdkafka's sake, and served from 3 on (KIP-896).
    const first = Math.max(from, request.minVersion);
    this.list.push({ api, apiKey, name, from: first, to, run });
    return this;
  }
}

function isMade<T>(request: Request<T>): request is MadeRequest<T> {
  return typeof request === 'function';
}
