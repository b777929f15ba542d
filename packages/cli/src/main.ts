#!/usr/bin/env node
import { run } from './command-line.ts';

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  onSignal: (signal, listener) => process.on(signal, listener),
});
