import { ConfigError, isWildcard } from '@millrace/broker';
import { defineCommand } from '../command/command.ts';
import { CommandError, UsageError } from '../command/errors.ts';
import { DataDirectoryError } from '../data-directory-lock.ts';
import { startCommand } from '../start-command.ts';
import { START_OPTIONS, settingsOf } from './start-options.ts';

export const start = defineCommand({
  description:
    'Runs a broker until SIGINT (Ctrl-C) or SIGTERM.\n\n' +
    "Configs also come from the environment, as in Kafka's image: KAFKA_NUM_PARTITIONS is num.partitions. " +
    'An option counts more than --set, --set more than the environment, the environment more than the file.',
  options: START_OPTIONS,
  output: 'text',
  examples: [
    { line: 'start', what: 'on 127.0.0.1:9092, with records in ./millrace-data' },
    {
      line: 'start --host 0.0.0.0',
      what: 'for clients on other machines, which are told the address that they reached',
    },
    {
      line: 'start --config server.properties --set num.partitions=3',
      what: "Kafka's own configs",
    },
  ],
  async run({ options }, _output, context) {
    const { listeners, dataDir, config, warnings } = await settingsOf(options, context);
    const { httpHost, httpPort, logFormat, logLevel } = options;
    const values = {
      listeners: listeners.value,
      dataDir: dataDir.value,
      httpHost,
      httpPort,
      config,
      logFormat,
      logLevel,
      warnings,
    };
    try {
      return await startCommand(values, context);
    } catch (error) {
      throw explained(error, httpPort);
    }
  },
});

function explained(error: unknown, httpPort: number | undefined): unknown {
  if (error instanceof ConfigError) return new UsageError(error.message);
  if (error instanceof DataDirectoryError) {
    return new CommandError('DATA_DIRECTORY', error.message);
  }
  const failure = error as NodeJS.ErrnoException & {
    readonly address?: string;
    readonly hostname?: string;
    readonly port?: number;
  };
  const { code, message, port = 0 } = failure;
  const host = failure.address ?? failure.hostname ?? 'this machine';
  const prefix = port !== 0 && port === httpPort ? '--http-' : '--';
  if (code === 'EADDRINUSE') {
    const place = isWildcard(host) ? `port ${port}` : `port ${port} on ${host}`;
    const problem = `${place} is taken, perhaps by another broker.`;
    return new CommandError(code, problem, `Choose another with ${prefix}port.`);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAFNOSUPPORT') {
    const problem = `${host} is not an address of this machine (${code}).`;
    return new CommandError(code, problem, `Choose another with ${prefix}host.`);
  }
  if (code === 'EACCES') {
    return new CommandError(code, `no permission to listen on port ${port} of ${host}.`);
  }
  return code === undefined ? error : new CommandError(code, message);
}
