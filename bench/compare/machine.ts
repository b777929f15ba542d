import { execFileSync } from 'node:child_process';
import { readFileSync, statfsSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** What a figure depends on beside the programs. */
export interface MachineDescription {
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly kernel: string;
  /** Device and file system that hold the brokers' data. */
  readonly disk: string;
  readonly freeDiskBytes: number;
  readonly node: string;
  readonly java: string;
  readonly librdkafka: string;
  /** Of the minute before the start. */
  readonly loadAverage: number;
}

/** `place` is where the brokers' data will be. */
export function describeMachine(place: string): MachineDescription {
  const processors = cpus();
  const disk = statfsSync(place);
  return {
    cores: processors.length,
    processor: processors[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
    kernel: `${type()} ${release()}`,
    disk: diskOf(place),
    freeDiskBytes: disk.bavail * disk.bsize,
    node: process.version,
    java: said('java', ['-version'], /"(.*?)"/),
    librdkafka: said('kcat', ['-V'], /librdkafka ([\d.]+)/),
    loadAverage: Number(loadavg()[0]!.toFixed(2)),
  };
}

/** The mount point that `place` is under, as Linux lists it. */
function diskOf(place: string): string {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, point]) => point !== undefined && `${place}/`.startsWith(withSlash(point)));
    const deepest = mounts.sort((a, b) => b[1]!.length - a[1]!.length)[0];
    return deepest === undefined ? 'unknown' : `${deepest[2]} on ${deepest[0]}`;
  } catch {
    return 'unknown';
  }
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** What a program says of its version, on either stream. */
function said(command: string, args: readonly string[], version: RegExp): string {
  try {
    const output = execFileSync('sh', ['-c', '"$0" "$@" 2>&1', command, ...args]).toString();
    return version.exec(output)?.[1] ?? 'unknown';
  } catch {
    return 'not there';
  }
}
