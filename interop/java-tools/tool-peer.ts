// One broker and a JVM that runs Kafka's tools against it, one after the other.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Peer } from '../differential/peer.ts';
import { Driver } from '../harness/driver.ts';
import { scratchDirectory } from '../harness/scratch.ts';
import { javaArguments } from '../harness/tools.ts';
import { type Outcome, PlainText } from './plain-text.ts';

export interface RunOptions {
  /** The tool's standard input. */
  readonly input?: string;
  /** How the tool must end on Kafka, so that a step cannot be alike for the wrong reason; 0 where left out. */
  readonly code?: number;
  /** Says why it was refused on either broker, each in its own words: only these must be in both. */
  readonly says?: RegExp;
  /** The lines come in no order of their own. */
  readonly unordered?: boolean;
  /** What each broker's outcome says, where they are meant to differ. */
  readonly differs?: { readonly reason: string; readonly kafka: RegExp; readonly ours: RegExp };
  readonly timeoutMs?: number;
}

export interface Step {
  readonly command: string;
  readonly options: RunOptions;
  /** As the tool printed it. */
  readonly outcome: Outcome;
  /** The same with what is random replaced, to be compared. */
  readonly plain: string;
}

const TIMEOUT_MS = 30_000;

export class ToolPeer {
  readonly name: string;
  readonly bootstrap: string;
  /** The same broker without a tool, for what has to be there before one runs. */
  readonly wire: Peer;
  readonly #driver: Driver;
  readonly #plainText: PlainText;
  /** Of one script; a few dozen. */
  #steps: Step[] = [];

  constructor(name: string, port: number) {
    this.name = name;
    this.bootstrap = `127.0.0.1:${port}`;
    this.wire = new Peer(name, port);
    this.#plainText = new PlainText(port);
    this.#driver = new Driver('java', javaArguments('millrace.interop.ToolRunner', []), () => {});
  }

  /** Runs a tool, by its class below `org.apache.kafka.tools` or in full, and keeps the step. */
  async run(tool: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const outcome = await this.prepare(tool, args, options);
    const plain = this.#plainText.of(outcome, options.unordered ?? false);
    this.#steps.push({ command: [tool, ...args].join(' '), options, outcome, plain });
    return outcome;
  }

  /** Runs a tool that must fail on both, with a text that each has in its own words. */
  refuse(tool: string, args: readonly string[], says: RegExp): Promise<Outcome> {
    return this.run(tool, args, { code: 1, says });
  }

  /** Runs a tool whose outcome is no part of the comparison. */
  prepare(tool: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const name = /^(kafka|millrace)\./.test(tool) ? tool : `org.apache.kafka.tools.${tool}`;
    return this.#driver.request<Outcome>('run', {
      tool: name,
      args: this.#addressed(args),
      input: options.input ?? '',
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    });
  }

  /** A file for a tool to read, of this broker alone. */
  file(content: string): string {
    const path = join(scratchDirectory('tools'), 'input');
    writeFileSync(path, content);
    return path;
  }

  /** Most tools are told the broker first; what names it itself is taken as it is. */
  #addressed(args: readonly string[]): readonly string[] {
    const names = args.some((argument) => argument.includes(this.bootstrap));
    return names ? args : ['--bootstrap-server', this.bootstrap, ...args];
  }

  /** The steps since the last call. */
  take(): readonly Step[] {
    const steps = this.#steps;
    this.#steps = [];
    return steps;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

/** Runs a script on both brokers and fails with every step whose outcome differs. */
export async function compareOn(
  kafka: ToolPeer,
  ours: ToolPeer,
  script: (peer: ToolPeer) => Promise<void>,
): Promise<void> {
  const [theirs, mine] = await Promise.all(
    [kafka, ours].map(async (peer) => {
      peer.take();
      await script(peer);
      return peer.take();
    }),
  );
  assert.equal(mine!.length, theirs!.length, 'a script takes the same steps on both');
  const differences = theirs!.flatMap((step, index) => differencesOf(step, mine![index]!));
  assert.ok(differences.length === 0, `\n${differences.join('\n')}`);
}

function differencesOf(kafka: Step, ours: Step): string[] {
  const { code = 0, says, differs } = kafka.options;
  const problems: string[] = [];
  if (kafka.outcome.code !== code) {
    problems.push(`Kafka ends with ${kafka.outcome.code}, the script says ${code}`);
  }
  if (says !== undefined) {
    if (ours.outcome.code !== code) problems.push('the exit codes differ');
    if (!says.test(kafka.plain) || !says.test(ours.plain)) problems.push(`not both say ${says}`);
  } else if (differs === undefined) {
    if (kafka.plain !== ours.plain) problems.push('the outcomes differ');
  } else {
    if (kafka.plain === ours.plain) problems.push(`they no longer differ: ${differs.reason}`);
    for (const [name, step] of [
      ['kafka', kafka],
      ['ours', ours],
    ] as const) {
      if (!differs[name].test(step.plain)) problems.push(`${name} does not say ${differs[name]}`);
    }
  }
  if (problems.length === 0) return [];
  return [
    `${kafka.command}: ${problems.join('; ')}`,
    `  Kafka:\n${excerpt(kafka.plain, ours.plain)}`,
    `  ours:\n${excerpt(ours.plain, kafka.plain)}`,
  ];
}

/** Of a long text what comes from the first line on that the other one has not. */
function excerpt(text: string, other: string): string {
  const lines = text.split('\n');
  const others = other.split('\n');
  const differing = lines.findIndex((line, index) => line !== others[index]);
  const first = Math.max(0, (differing === -1 ? lines.length : differing) - 3);
  const shown = lines.slice(first).join('\n').slice(0, 4000).replaceAll(/^/gm, '    ');
  return first === 0 ? shown : `    … ${first} lines, then\n${shown}`;
}
