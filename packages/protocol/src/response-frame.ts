import type { Encodable, MessageCodec } from './message-codec.ts';
import { encodeResponseHeader } from './request-header.ts';
import type { EncodedFrame, Writer } from './writer.ts';

/**
 * An answer as it goes over the wire, with its length and header. Throws what the codec throws; the slices that the
 * message held are released then, and the writer is free for the next frame.
 */
export function encodeResponseFrame<Response>(
  writer: Writer,
  codec: Pick<MessageCodec<Response>, 'apiKey' | 'encode'>,
  response: Response | Encodable<Response>,
  { apiVersion, correlationId }: { readonly apiVersion: number; readonly correlationId: number },
): EncodedFrame {
  writer.startFrame();
  try {
    encodeResponseHeader(writer, codec.apiKey, apiVersion, correlationId);
    codec.encode(writer, response, apiVersion);
    return writer.finishFrame();
  } catch (error) {
    writer.abandonFrame();
    throw error;
  }
}
