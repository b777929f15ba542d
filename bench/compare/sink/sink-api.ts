import type { MessageCodec } from '@millrace/protocol';

/** One API of the sink. */
export interface SinkApi {
  readonly request: MessageCodec<unknown>;
  readonly response: MessageCodec<unknown>;
  readonly maxVersion: number;
  /** `request` is null when it was in a version that is too new. Null: there is no answer. */
  answer(request: unknown): unknown;
}

/** The only node there is. */
export const NODE_ID = 1;
export const HOST = '127.0.0.1';

export function sinkApi<Request, Response>(
  request: MessageCodec<Request>,
  response: MessageCodec<Response>,
  maxVersion: number,
  answer: (request: Request) => Response | null,
): SinkApi {
  return { request, response, maxVersion, answer } as unknown as SinkApi;
}
