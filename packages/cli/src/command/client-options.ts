import { optionWithDefault } from './option.ts';
import { durationMs, text } from './values.ts';

/** Where the brokers are, for every command that talks to one. */
export const CLIENT_OPTIONS = {
  bootstrap: optionWithDefault({
    value: 'HOST:PORT',
    short: 'b',
    aliases: ['bootstrap-server'],
    environment: 'MILLRACE_BOOTSTRAP',
    defaultText: '127.0.0.1:9092',
    summary: 'a broker of any Kafka; several with commas between',
    parse: text,
  }),
  timeout: optionWithDefault({
    value: 'TIME',
    environment: 'MILLRACE_TIMEOUT',
    defaultText: '10s',
    summary: 'how long to wait for an answer',
    parse: durationMs,
  }),
};
