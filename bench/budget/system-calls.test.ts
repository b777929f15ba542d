import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePerfStat, parseStrace } from './system-calls.ts';

test('perf: what is not named is other, and what was not called is left out', () => {
  const output = `Events disabled
Events enabled
285,,raw_syscalls:sys_enter,12834183,100.00,,
0,,syscalls:sys_enter_read,12834183,100.00,,
190,,syscalls:sys_enter_epoll_pwait,13048422,100.00,,
90,,syscalls:sys_enter_futex,13107410,100.00,,
`;
  const calls = parsePerfStat(output);
  assert.deepEqual(Object.fromEntries(calls), { epoll_pwait: 190, futex: 90, other: 5 });
});

test('perf: a process that did not run has made no calls', () => {
  const output = '<not counted>,,raw_syscalls:sys_enter,0,100.00,,\n';
  assert.equal(parsePerfStat(output).size, 0);
});

test('perf: without a count of all calls there is none', () => {
  assert.throws(
    () => parsePerfStat('event syntax error\n<not supported>,,raw_syscalls:sys_enter,0,0,,'),
    /perf counted nothing: event syntax error/,
  );
});

test('strace: a line for each call, without the sum', () => {
  const output = `strace: Process 7925 attached with 11 threads
strace: Process 7925 detached
    calls syscall
--------- ----------------
       22 read
     1044 epoll_pwait
--------- ----------------
     1066 total
`;
  assert.deepEqual(Object.fromEntries(parseStrace(output)), { read: 22, epoll_pwait: 1044 });
});
