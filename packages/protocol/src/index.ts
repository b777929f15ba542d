export type { FilePart, RecordPart, RecordSlice, Records } from './record-bytes.ts';
export * from './records/index.ts';
