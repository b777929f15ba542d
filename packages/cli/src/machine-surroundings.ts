import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import type { ListenerSurroundings } from './listener-report.ts';

/** Files that Docker and Podman put into every container. */
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv'];

/** This machine, as the listeners' warnings look at it. */
export function machineSurroundings(): ListenerSurroundings {
  return {
    isContainer: CONTAINER_MARKS.some((path) => existsSync(path)),
    async lookup(host) {
      try {
        const found = await lookup(host, { all: true });
        return found.map(({ address }) => address);
      } catch {
        return [];
      }
    },
  };
}
