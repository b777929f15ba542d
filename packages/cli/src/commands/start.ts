import { ConfigError } from '@millrace/broker';
import { defineCommand } from '../command/command.ts';
import { CommandError, UsageError } from '../command/errors.ts';
import { DataDirectoryError } from '../data-directory-lock.ts';
import { startCommand } from '../start-command.ts';
import { START_OPTIONS, settingsOf } from './start-options.ts';

export const start = defineCommand({
  description:
    'Runs a broker until SIGINT (Ctrl-C) or SIGTERM.\n\n' +
    "Configs also come from the environment, as in Kafka's image: KAFKA_NUM_PARTITIONS is num.partitions.\n" +
    'An option counts more than --set, --set more than the environment, the environment more than the file.',
  options: START_OPTIONS,
  output: 'text',
  examples: [
    { line: 'start', what: 'on 127.0.0.1:9092, with records in ./millrace-data' },
    {
      line: 'start --host 0.0.0.0 --advertised-host broker.example',
      what: 'for clients on other machines',
    },
    {
      line: 'start --config server.properties --set num.partitions=3',
      what: "Kafka's own configs",
    },
  ],
  async run({ options }, _output, context) {
    const { port, host, dataDir, advertisedHost, config } = await settingsOf(options, context);
    const values = {
      port: port.value,
      host: host.value,
      dataDir: dataDir.value,
      advertisedHost: advertisedHost.value,
      httpPort: options.httpPort,
      config,
    };
    try {
      return await startCommand(values, context);
    } catch (error) {
      throw explained(error, port.value, host.value);
    }
  },
});

function explained(error: unknown, port: number, host: string): unknown {
  if (error instanceof ConfigError) return new UsageError(error.message);
  if (error instanceof DataDirectoryError) {
    return new CommandError('DATA_DIRECTORY', error.message);
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    const taken = (error as { port?: number }).port ?? port;
    const option = taken === port ? '--port' : '--http-port';
    const problem = `port ${taken} on ${host} is taken, perhaps by another broker.`;
    return new CommandError(code, problem, `Choose another with ${option}.`);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const problem = `${host} is not an address of this machine (${code}).`;
    return new CommandError(code, problem, 'Choose another with --host.');
  }
  if (code === 'EACCES') {
    return new CommandError(code, `no permission to listen on port ${port} of ${host}.`);
  }
  return code === undefined ? error : new CommandError(code, message);
}
