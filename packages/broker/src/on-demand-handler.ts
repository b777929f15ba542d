import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { Handler } from './handler.ts';

/** The files in `handlers/` that are loaded when their API is asked for first. */
interface HandlerFiles {
  '02-list-offsets': typeof import('./handlers/02-list-offsets.ts');
  '08-offset-commit': typeof import('./handlers/08-offset-commit.ts');
  '09-offset-fetch': typeof import('./handlers/09-offset-fetch.ts');
  '10-find-coordinator': typeof import('./handlers/10-find-coordinator.ts');
  '11-join-group': typeof import('./handlers/11-join-group.ts');
  '12-heartbeat': typeof import('./handlers/12-heartbeat.ts');
  '13-leave-group': typeof import('./handlers/13-leave-group.ts');
  '14-sync-group': typeof import('./handlers/14-sync-group.ts');
  '15-describe-groups': typeof import('./handlers/15-describe-groups.ts');
  '16-list-groups': typeof import('./handlers/16-list-groups.ts');
  '19-create-topics': typeof import('./handlers/19-create-topics.ts');
  '20-delete-topics': typeof import('./handlers/20-delete-topics.ts');
  '21-delete-records': typeof import('./handlers/21-delete-records.ts');
  '22-init-producer-id': typeof import('./handlers/22-init-producer-id.ts');
  '23-offset-for-leader-epoch': typeof import('./handlers/23-offset-for-leader-epoch.ts');
  '29-describe-acls': typeof import('./handlers/29-describe-acls.ts');
  '30-create-acls': typeof import('./handlers/30-create-acls.ts');
  '31-delete-acls': typeof import('./handlers/31-delete-acls.ts');
  '32-describe-configs': typeof import('./handlers/32-describe-configs.ts');
  '33-alter-configs': typeof import('./handlers/33-alter-configs.ts');
  '34-alter-replica-log-dirs': typeof import('./handlers/34-alter-replica-log-dirs.ts');
  '35-describe-log-dirs': typeof import('./handlers/35-describe-log-dirs.ts');
  '37-create-partitions': typeof import('./handlers/37-create-partitions.ts');
  '38-create-delegation-token': typeof import('./handlers/38-create-delegation-token.ts');
  '39-renew-delegation-token': typeof import('./handlers/39-renew-delegation-token.ts');
  '40-expire-delegation-token': typeof import('./handlers/40-expire-delegation-token.ts');
  '41-describe-delegation-token': typeof import('./handlers/41-describe-delegation-token.ts');
  '42-delete-groups': typeof import('./handlers/42-delete-groups.ts');
  '43-elect-leaders': typeof import('./handlers/43-elect-leaders.ts');
  '44-incremental-alter-configs': typeof import('./handlers/44-incremental-alter-configs.ts');
  '45-alter-partition-reassignments': typeof import('./handlers/45-alter-partition-reassignments.ts');
  '46-list-partition-reassignments': typeof import('./handlers/46-list-partition-reassignments.ts');
  '47-offset-delete': typeof import('./handlers/47-offset-delete.ts');
  '48-describe-client-quotas': typeof import('./handlers/48-describe-client-quotas.ts');
  '49-alter-client-quotas': typeof import('./handlers/49-alter-client-quotas.ts');
  '50-describe-user-scram-credentials': typeof import('./handlers/50-describe-user-scram-credentials.ts');
  '51-alter-user-scram-credentials': typeof import('./handlers/51-alter-user-scram-credentials.ts');
  '57-update-features': typeof import('./handlers/57-update-features.ts');
  '60-describe-cluster': typeof import('./handlers/60-describe-cluster.ts');
  '61-describe-producers': typeof import('./handlers/61-describe-producers.ts');
  '64-unregister-broker': typeof import('./handlers/64-unregister-broker.ts');
  '71-get-telemetry-subscriptions': typeof import('./handlers/71-get-telemetry-subscriptions.ts');
  '72-push-telemetry': typeof import('./handlers/72-push-telemetry.ts');
  '74-list-config-resources': typeof import('./handlers/74-list-config-resources.ts');
  '75-describe-topic-partitions': typeof import('./handlers/75-describe-topic-partitions.ts');
}

/** The versions that they serve, first and last: what ApiVersions announces before any of them is loaded. */
const VERSIONS: Readonly<Record<keyof HandlerFiles, readonly [first: number, last: number]>> = {
  '02-list-offsets': [1, 11],
  '08-offset-commit': [2, 10],
  '09-offset-fetch': [1, 10],
  '10-find-coordinator': [0, 6],
  '11-join-group': [0, 9],
  '12-heartbeat': [0, 4],
  '13-leave-group': [0, 5],
  '14-sync-group': [0, 5],
  '15-describe-groups': [0, 6],
  '16-list-groups': [0, 5],
  '19-create-topics': [2, 7],
  '20-delete-topics': [1, 6],
  '21-delete-records': [0, 2],
  '22-init-producer-id': [0, 5],
  '23-offset-for-leader-epoch': [2, 4],
  '29-describe-acls': [1, 3],
  '30-create-acls': [1, 3],
  '31-delete-acls': [1, 3],
  '32-describe-configs': [1, 4],
  '33-alter-configs': [0, 2],
  '34-alter-replica-log-dirs': [1, 2],
  '35-describe-log-dirs': [1, 5],
  '37-create-partitions': [0, 3],
  '38-create-delegation-token': [1, 3],
  '39-renew-delegation-token': [1, 2],
  '40-expire-delegation-token': [1, 2],
  '41-describe-delegation-token': [1, 3],
  '42-delete-groups': [0, 2],
  '43-elect-leaders': [0, 2],
  '44-incremental-alter-configs': [0, 1],
  '45-alter-partition-reassignments': [0, 1],
  '46-list-partition-reassignments': [0, 0],
  '47-offset-delete': [0, 0],
  '48-describe-client-quotas': [0, 1],
  '49-alter-client-quotas': [0, 1],
  '50-describe-user-scram-credentials': [0, 0],
  '51-alter-user-scram-credentials': [0, 0],
  '57-update-features': [0, 2],
  '60-describe-cluster': [0, 2],
  '61-describe-producers': [0, 0],
  '64-unregister-broker': [0, 0],
  '71-get-telemetry-subscriptions': [0, 0],
  '72-push-telemetry': [0, 0],
  '74-list-config-resources': [0, 1],
  '75-describe-topic-partitions': [0, 0],
};

const load = createRequire(import.meta.url);

export const ON_DEMAND_FILES = Object.keys(VERSIONS) as readonly (keyof HandlerFiles)[];

/**
 * A handler whose file, with the messages that it imports, is loaded when its API is asked for first: most brokers are
 * never asked for most of the APIs, and all of them together take 6 MiB and half of the start. It is loaded without
 * waiting, so that requests keep their order; the first one takes milliseconds for that. `make` is called once.
 */
export function onDemand<Name extends keyof HandlerFiles, Request, Response>(
  name: Name,
  make: (file: HandlerFiles[Name]) => Handler<Request, Response>,
): Handler {
  const [minVersion, maxVersion] = VERSIONS[name];
  let made: Handler | null = null;
  const handler = (): Handler => {
    // Source runs as TypeScript and the build as JavaScript: all files end as this one does.
    made ??= make(load(`./handlers/${name}${extname(import.meta.url)}`)) as Handler;
    return made;
  };
  return {
    apiKey: Number.parseInt(name, 10),
    minVersion,
    maxVersion,
    get request() {
      return handler().request;
    },
    get response() {
      return handler().response;
    },
    handle: (request, context) => handler().handle(request, context),
    failure: (request, error, context) => handler().failure(request, error, context),
  };
}
