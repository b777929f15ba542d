import type { GroupWatch } from './group-watch.ts';
import { Program } from './program.ts';

/** A kcat in a balanced consumer group (-G); tells the watch what it is assigned and what it reads. */
export function kcatMember(
  bootstrap: string,
  member: string,
  group: string,
  topic: string,
  watch: GroupWatch,
): Program {
  const takeRecord = (line: string) => {
    const [partition, offset, value] = line.split(' ', 3) as [string, string, string];
    watch.take({
      event: 'record',
      member,
      partition: Number(partition),
      offset: Number(offset),
      value: Buffer.from(value).toString('base64'),
    });
  };
  // "% Group g rebalanced (memberid …): assigned: topic [0], topic [1]", and the same with "revoked".
  const takeStatus = (line: string) => {
    const change = /rebalanced \(memberid [^)]*\): (assigned|revoked): (.*)/.exec(line);
    if (change === null) return;
    const named = change[1] === 'assigned' ? [...change[2]!.matchAll(/\[(\d+)\]/g)] : [];
    watch.take({ event: 'assignment', member, partitions: named.map((match) => Number(match[1])) });
  };
  return new Program(
    'kcat',
    [
      ...['-b', bootstrap, '-G', group, '-u', '-f', '%p %o %s\n'],
      ...['-X', 'auto.offset.reset=earliest', '-X', 'heartbeat.interval.ms=300'],
      ...['-X', 'session.timeout.ms=10000', topic],
    ],
    takeRecord,
    { onErrorLine: takeStatus },
  );
}
