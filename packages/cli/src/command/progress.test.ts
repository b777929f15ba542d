import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Progress } from './progress.ts';

function shown(isTTY: boolean, totalBytes: number | null) {
  let text = '';
  let nowMs = 0;
  const stream = { isTTY, write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  const progress = new Progress(stream, () => nowMs, totalBytes);
  return {
    at: (ms: number, records: number, bytes: number) => {
      nowMs = ms;
      progress.update({ records, bytes });
    },
    end: () => progress.end(),
    text: () => text,
  };
}

test('a terminal has one line with rate and the time that is left', () => {
  const progress = shown(true, 4 * 1024 * 1024);
  progress.at(100, 10, 10);
  assert.equal(progress.text(), '');
  progress.at(1000, 500, 1024 * 1024);
  const line = '25% of 4.0 MiB, 500 records; 500 records/s, 1.0 MiB/s, 3s left';
  assert.equal(progress.text(), `\r\u001b[K${line}`);
  progress.end();
  assert.equal(progress.text(), `\r\u001b[K${line}\r\u001b[K`);
});

test('a log has a line every ten seconds, without control codes', () => {
  const progress = shown(false, null);
  progress.at(9999, 1, 1);
  progress.at(10_000, 20, 2048);
  progress.at(19_999, 30, 3000);
  progress.end();
  assert.equal(progress.text(), '20 records, 2.0 KiB; 2 records/s, 205 B/s\n');
});
