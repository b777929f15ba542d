// One suite against one broker: started before, stopped after, its log shown when a test failed.

import { after, afterEach, before, describe, it } from 'node:test';
import { Broker, externalBootstrap } from './broker.ts';
import { killPrograms } from './program.ts';
import { type Tool, whyMissing } from './tools.ts';

export interface SuiteOptions {
  readonly needs: readonly Tool[];
  /** The suite kills, restarts or measures the broker, so it must be ours. */
  readonly ownBroker?: boolean;
  /** Broker configs, `name=value`, for the broker that the suite starts. */
  readonly settings?: readonly string[];
  /** Further arguments of `millrace start`. */
  readonly flags?: readonly string[];
  /** Where the broker keeps its data; a new directory by default. */
  readonly dataDirectory?: string;
  readonly timeoutMs?: number;
}

/**
 * Declares a suite. Where a client is missing it is skipped with the reason; with CI=true that is a failure, since a
 * green run must mean that every client was tried.
 */
export function brokerSuite(
  name: string,
  options: SuiteOptions,
  body: (broker: () => Broker) => void,
): void {
  const timeout = options.timeoutMs ?? 120_000;
  const missing = options.needs.map(whyMissing).filter((reason) => reason !== null);
  if (missing.length > 0) {
    const reason = missing.join('; ');
    if (process.env.CI === 'true') {
      it(`${name}: its clients are installed`, () => {
        throw new Error(reason);
      });
    } else describe(name, { skip: reason }, () => body(notStarted));
    return;
  }
  if (options.ownBroker && externalBootstrap !== undefined) {
    const reason = 'needs a broker of its own, and MILLRACE_INTEROP_BOOTSTRAP names a foreign one';
    describe(name, { skip: reason }, () => body(notStarted));
    return;
  }
  describe(name, { timeout: timeout * 4 }, () => {
    let broker: Broker | null = null;
    let failed = false;
    before(async () => {
      broker = await Broker.start(options.settings, options.flags, options.dataDirectory);
    });
    afterEach((context) => {
      if ('passed' in context && !context.passed) failed = true;
    });
    body(() => broker ?? notStarted());
    // After the suite's own tear-down, which still needs the broker.
    after(async () => {
      killPrograms();
      if (failed && externalBootstrap === undefined) {
        console.error(`--- the broker's last lines (${name}) ---\n${broker?.logTail()}\n---`);
      }
      await broker?.stop();
    });
  });
}

function notStarted(): never {
  throw new Error('the broker has not been started');
}
