import type { MessageCodec } from '@millrace/protocol';

/** A request and its answer, by their generated codecs. */
export interface Api<Request, Response> {
  readonly request: MessageCodec<Request>;
  readonly response: MessageCodec<Response>;
}

/** Pairs the codecs of `@millrace/protocol/messages/…`: `api(MetadataRequest, MetadataResponse)`. */
export function api<Request, Response>(
  request: MessageCodec<Request>,
  response: MessageCodec<Response>,
): Api<Request, Response> {
  if (request.apiKey !== response.apiKey) {
    throw new TypeError(`${response.name} is not the answer to ${request.name}`);
  }
  return { request, response };
}

/** Kafka's name of it, such as `Metadata`. */
export function nameOf<Request, Response>(served: Api<Request, Response>): string {
  return served.request.name.replace(/Request$/, '');
}
