import { errorCode } from '../file-system.ts';

/** The disk was full, or the process out of descriptors, before anything was changed. */
export class DiskFullError extends Error {}

/** Whether space may come back: the disk is full, or the quota used up. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Whether the process or the system has no descriptor left, which passes when others are closed. */
export function isOutOfFiles(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'EMFILE' || code === 'ENFILE';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
