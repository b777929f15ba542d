import { readFile } from 'node:fs/promises';
import { ConfigError } from '@millrace/broker';
import { UsageError } from '../command/errors.ts';
import { type OptionValues, option, optionWithDefault, repeatedOption } from '../command/option.ts';
import { integer, text, word } from '../command/values.ts';
import { LOG_LEVELS } from '../logs/log-entry.ts';
import { LOG_FORMATS } from '../logs/log-output.ts';
import type { ProcessContext } from '../process-context.ts';
import { type StartSettings, startSettings } from '../start-settings.ts';

/** What `start` and `config` take. */
export const START_OPTIONS = {
  port: option({
    value: 'N',
    summary: 'port to listen on, 9092 by default; 0 lets the system choose',
    parse: integer(0, 65535),
  }),
  host: option({
    value: 'ADDRESS',
    summary: 'address to bind, 127.0.0.1 by default; :: or 0.0.0.0 for all of them',
    parse: text,
  }),
  advertisedHost: option({
    value: 'HOST',
    summary: 'the host that clients are told to connect to, when it is not the bound one',
    parse: text,
  }),
  advertisedPort: option({
    value: 'N',
    summary: 'the port that clients are told, when something forwards to the bound one',
    parse: integer(0, 65535),
  }),
  dataDir: option({
    value: 'DIR',
    summary: 'where records and metadata are kept, ./millrace-data by default',
    completion: 'directory',
    parse: text,
  }),
  httpPort: option({
    value: 'N',
    summary: 'serve /metrics (Prometheus) and /health/live, /health/ready there',
    parse: integer(0, 65535),
  }),
  httpHost: option({
    value: 'ADDRESS',
    summary: 'address to bind for it, when it is not that of the broker',
    parse: text,
  }),
  logFormat: optionWithDefault({
    value: 'FORMAT',
    summary: 'text for people, or json: one object a line, with what start says among them',
    defaultText: 'text',
    completion: { words: LOG_FORMATS },
    parse: word(LOG_FORMATS),
  }),
  logLevel: optionWithDefault({
    value: 'LEVEL',
    summary: 'the least that is logged: debug, info, warn or error',
    defaultText: 'info',
    completion: { words: LOG_LEVELS },
    parse: word(LOG_LEVELS),
  }),
  set: repeatedOption({
    value: 'NAME=VALUE',
    summary: 'a broker config by its Kafka name, such as num.partitions=3',
    parse: text,
  }),
  config: option({
    value: 'FILE',
    summary: "a property file like Kafka's server.properties",
    completion: 'file',
    parse: text,
  }),
};

/** Throws `UsageError` for a value that cannot be used. Whoever calls tells the warnings. */
export async function settingsOf(
  options: OptionValues<typeof START_OPTIONS>,
  { environment }: ProcessContext,
): Promise<StartSettings> {
  const { port, host, advertisedHost, advertisedPort, dataDir } = options;
  const file = options.config === undefined ? null : await configFile(options.config);
  const given = { port, host, advertisedHost, advertisedPort, dataDir };
  try {
    return startSettings(given, { file, environment, set: options.set });
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error;
  }
}

async function configFile(path: string): Promise<{ path: string; text: string }> {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (error) {
    throw new UsageError(`--config ${path} cannot be read: ${(error as Error).message}`);
  }
}
