/** The directory that a broker's logs stand in. */
export interface LogDirectory {
  /** Absolute. */
  readonly path: string;
  /** Asks the disk; rejects with the system's error. */
  space(): Promise<DiskSpace>;
}

export interface DiskSpace {
  /** Size of the file system in bytes. */
  readonly totalBytes: number;
  /** What this process may still write there, in bytes. */
  readonly usableBytes: number;
}
