import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { accessLogLine, Random } from './generator.ts';
import { KeyChains } from './reading.ts';

/** Logs a Debian machine has; what is not there is passed over. */
const REAL_LOGS = [
  '/var/log/dpkg.log',
  '/var/log/dpkg.log.1',
  '/var/log/alternatives.log',
  '/var/log/bootstrap.log',
  '/var/log/apt/history.log',
];
const WRITE_BYTES = 1024 * 1024;

/** One file of `key TAB line` lines. */
export interface InputPart {
  readonly file: string;
  readonly lines: number;
}

/** What is streamed in: two parts, so that there is a moment between them to go back to. */
export interface TourInput {
  readonly first: InputPart;
  readonly second: InputPart;
  /** What a whole reading must come to, and one of the second part alone. */
  readonly whole: KeyChains;
  readonly secondOnly: KeyChains;
  readonly realLines: number;
}

/** The machine's own logs and half a generated access log, then its other half. */
export function makeTourInput(directory: string, accessLogBytes: number): TourInput {
  const whole = new KeyChains();
  const secondOnly = new KeyChains();
  const random = new Random(20_260_901);
  let index = 0;
  function* access(sizeBytes: number): Generator<readonly [string, string]> {
    for (let written = 0; written < sizeBytes; index++) {
      const { key, line } = accessLogLine(random, index);
      written += line.length + 1;
      yield [key, line];
    }
  }
  const real = realLogLines();
  const halfBytes = accessLogBytes / 2;
  const firstFile = join(directory, 'first');
  const realCount = writeLines(firstFile, 'w', real, [whole]);
  const firstCount = realCount + writeLines(firstFile, 'a', access(halfBytes), [whole]);
  const secondFile = join(directory, 'second');
  const secondCount = writeLines(secondFile, 'w', access(halfBytes), [whole, secondOnly]);
  return {
    first: { file: firstFile, lines: firstCount },
    second: { file: secondFile, lines: secondCount },
    whole,
    secondOnly,
    realLines: realCount,
  };
}

/** Keyed by the log and what stands third in the line, which in dpkg's own log is the action. */
function* realLogLines(): Generator<readonly [string, string]> {
  for (const file of REAL_LOGS) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      continue;
    }
    for (const line of text.split('\n')) {
      if (line.trim() === '' || line.includes('\r')) continue;
      yield [`${file}/${line.split(/\s+/)[2] ?? ''}`, line];
    }
  }
}

function writeLines(
  file: string,
  flags: 'w' | 'a',
  lines: Iterable<readonly [key: string, line: string]>,
  chains: readonly KeyChains[],
): number {
  const descriptor = openSync(file, flags);
  let buffered = '';
  let count = 0;
  for (const [key, line] of lines) {
    for (const chain of chains) chain.add(key, line);
    buffered += `${key}\t${line}\n`;
    count += 1;
    if (buffered.length > WRITE_BYTES) {
      writeSync(descriptor, buffered);
      buffered = '';
    }
  }
  writeSync(descriptor, buffered);
  closeSync(descriptor);
  return count;
}
