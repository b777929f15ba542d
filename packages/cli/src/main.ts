#!/usr/bin/env node
import { run } from './command-line.ts';

// Whoever read our output has gone, as in `millrace topic list | head -1`. A running broker does not care.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (process.argv[2] !== 'start') process.exit(0);
  });
}

process.exitCode = await run(process.argv.slice(2), {
  // Only when it is asked for: opening it costs time, and keeps a terminal's input busy.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  stderrFd: process.stderr.fd,
  environment: process.env,
  now: () => Date.now(),
  onExit: (listener) => process.on('exit', listener),
  onSignal: (signal, listener) => process.on(signal, listener),
});
