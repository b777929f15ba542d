// What can be asked of every API without knowing it: also one that has no scenarios of its own yet.

import { frameOf } from '../../../packages/broker/test/raw-client.ts';
import { type Api, complete } from '../api.ts';
import type { Scenario } from '../scenario.ts';

/** The API's plainest requests, and what is not a request of it. */
export function anyApiScenarios(api: Api): Scenario[] {
  const everyVersion = {
    api: api.name,
    apiKey: api.apiKey,
    from: api.request.minVersion,
    to: Number.POSITIVE_INFINITY,
  };
  const plain = (version: number) => frameOf(api.request, complete(api.request, {}), version, 1);
  return [
    {
      ...everyVersion,
      name: 'no fields set',
      run: async (peer, version) => {
        await peer.ask(api, version, {});
      },
    },
    {
      ...everyVersion,
      name: 'the last byte cut off',
      run: (peer, version) => peer.send(api.name, version, resized(plain(version), -1)),
    },
    {
      ...everyVersion,
      name: 'three bytes too many',
      run: (peer, version) => peer.send(api.name, version, resized(plain(version), 3)),
    },
    {
      ...everyVersion,
      name: 'a version that nobody has',
      run: (peer, version) => {
        const frame = plain(version);
        frame.writeInt16BE(api.request.maxVersion + 1, 6);
        return peer.send(api.name, version, frame);
      },
    },
  ];
}

/** The frame with bytes added or taken at its end, and the length to match. */
function resized(frame: Buffer, byBytes: number): Buffer {
  const changed = Buffer.alloc(frame.length + byBytes);
  frame.copy(changed);
  changed.writeInt32BE(changed.length - 4);
  return changed;
}
