export type { FilePart, RecordPart, RecordSlice, Records } from './record-bytes.ts';
