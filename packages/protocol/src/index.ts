export { type ApiInfo, ApiKey, apiInfo, apiName, apis } from './api-keys.ts';
export { compactView } from './compact-view.ts';
export { EncodeError } from './encode-error.ts';
export { ErrorCode, type ErrorName, errorMessage, errorName, isRetriable } from './errors.ts';
export { FrameMemory } from './frame-memory.ts';
export { FrameReader, FrameTooLargeError } from './frame-reader.ts';
export { MalformedError } from './malformed-error.ts';
export type { ElementList, Encodable, MessageCodec } from './message-codec.ts';
export { EMPTY_BYTES, Reader, ZERO_UUID } from './reader.ts';
export type { FilePart, RecordPart, RecordSlice, Records } from './record-bytes.ts';
export * from './records/index.ts';
export {
  decodeRequestHeader,
  decodeResponseHeader,
  encodeRequestHeader,
  encodeResponseHeader,
  type RequestHeader,
  requestHeaderVersion,
  responseHeaderVersion,
} from './request-header.ts';
export { encodeResponseFrame } from './response-frame.ts';
export { type EncodedFrame, Writer } from './writer.ts';
