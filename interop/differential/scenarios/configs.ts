// Configs of brokers, groups, client metrics and loggers; those of topics are in cluster.ts. A script leaves everything as it
// found it, since broker configs are the defaults of all that comes later.

import { AlterConfigsRequest } from '@millrace/protocol/messages/alter-configs-request';
import { AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs-response';
import { DescribeConfigsRequest } from '@millrace/protocol/messages/describe-configs-request';
import { DescribeConfigsResponse } from '@millrace/protocol/messages/describe-configs-response';
import { IncrementalAlterConfigsRequest } from '@millrace/protocol/messages/incremental-alter-configs-request';
import { IncrementalAlterConfigsResponse } from '@millrace/protocol/messages/incremental-alter-configs-response';
import { ListConfigResourcesRequest } from '@millrace/protocol/messages/list-config-resources-request';
import { ListConfigResourcesResponse } from '@millrace/protocol/messages/list-config-resources-response';
import { until } from '../../harness/until.ts';
import { api, type Sparse } from '../api.ts';
import type { Peer } from '../peer.ts';
import { readTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

const [TOPIC, BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP] = [2, 4, 8, 16, 32] as const;
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3] as const;

const describeConfigs = api(DescribeConfigsRequest, DescribeConfigsResponse);
const alterConfigs = api(AlterConfigsRequest, AlterConfigsResponse);
const incrementalAlterConfigs = api(
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
);
const listConfigResources = api(ListConfigResourcesRequest, ListConfigResourcesResponse);

type Change = readonly [name: string, operation: number, value: string | null];

const describing = (
  resourceType: number,
  resourceName: string,
  configurationKeys: readonly string[] | null = null,
): Sparse<DescribeConfigsRequest> => ({
  resources: [{ resourceType, resourceName, configurationKeys }],
  includeSynonyms: true,
});

const changing = (
  resourceType: number,
  resourceName: string,
  ...changes: readonly Change[]
): Sparse<IncrementalAlterConfigsRequest> => ({
  resources: [
    {
      resourceType,
      resourceName,
      configs: changes.map(([name, configOperation, value]) => ({ name, configOperation, value })),
    },
  ],
});

const replacing = (
  resourceType: number,
  resourceName: string,
  configs: Readonly<Record<string, string | null>>,
): Sparse<AlterConfigsRequest> => ({
  resources: [
    {
      resourceType,
      resourceName,
      configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
    },
  ],
});

/** Describes the resource, once the config has this value: Kafka's broker learns of a change a moment after the answer. */
async function describeWhen(
  peer: Peer,
  resourceType: number,
  resourceName: string,
  configurationKeys: readonly string[],
  value: string | null,
): Promise<void> {
  const request = describing(resourceType, resourceName, configurationKeys);
  await until(`${peer.name}: ${configurationKeys[0]} of ${resourceName} is ${value}`, async () => {
    const { results } = await peer.prepare(describeConfigs, 4, request);
    const [config] = results[0]!.configs.filter(({ name }) => name === configurationKeys[0]);
    return (config?.value ?? null) === value;
  });
  await peer.ask(describeConfigs, 4, request);
}

export const describingAllConfigs = new Scenarios(describeConfigs)
  .ask('all of a broker', describing(BROKER, '1'))
  .ask('all of a topic', describing(TOPIC, readTopic))
  .ask('of a broker with a sign', describing(BROKER, '+1', ['num.partitions']))
  .ask('of a negative broker', describing(BROKER, '-1'))
  .ask('unknown ones of a broker', describing(BROKER, '1', ['nope']))
  .ask('all of a group', describing(GROUP, 'nobody'))
  .ask('of a group without a name', describing(GROUP, ''))
  .ask('all of a subscription', describing(CLIENT_METRICS, 'nobody'))
  .ask('some of a subscription', describing(CLIENT_METRICS, 'nobody', ['match', 'nope']))
  .ask('of a subscription without a name', describing(CLIENT_METRICS, ''))
  .ask('of the logger of an unknown broker', describing(BROKER_LOGGER, '9'))
  .ask('of the logger of no broker', describing(BROKER_LOGGER, ''))
  .ask('of a logger that is no number', describing(BROKER_LOGGER, 'x'));

const flush = 'log.flush.interval.ms';

export const alteringBrokers = new Scenarios(incrementalAlterConfigs)
  .script('of a broker and of all brokers', async (peer, version) => {
    const change = (name: string, ...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(BROKER, name, ...changes));
    const shown = (type: number, name: string, config: string, value: string | null) =>
      describeWhen(peer, type, name, [config], value);
    await change('', [flush, SET, '900000']);
    await shown(BROKER, '', flush, '900000');
    await shown(BROKER, '1', flush, '900000');
    await change('1', [flush, SET, '800000']);
    await shown(BROKER, '1', flush, '800000');
    await shown(TOPIC, readTopic, 'flush.ms', '800000');
    await change('', [flush, DELETE, null]);
    await change('1', [flush, DELETE, null]);
    await shown(BROKER, '1', flush, null);
    await change('1', ['log.roll.ms', SET, '86400000'], ['message.max.bytes', SET, '2000000']);
    await shown(BROKER, '1', 'message.max.bytes', '2000000');
    await shown(BROKER, '1', 'log.roll.ms', '86400000');
    await shown(TOPIC, readTopic, 'segment.ms', '86400000');
    await change('1', ['log.roll.ms', DELETE, null], ['message.max.bytes', DELETE, null]);
    await shown(BROKER, '1', 'message.max.bytes', '1048588');
  })
  .script('of a listener', async (peer, version) => {
    const own = 'listener.name.plaintext.max.connection.creation.rate';
    const change = (...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(BROKER, '1', ...changes));
    await change([own, SET, '100000']);
    await describeWhen(peer, BROKER, '1', [own], '100000');
    await change([own, SET, 'x']);
    await change([own, SET, '-1']);
    await change([own, DELETE, null]);
    await describeWhen(peer, BROKER, '1', [own], null);
  })
  .script('of brokers that cannot be', async (peer, version) => {
    const change = (name: string, ...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(BROKER, name, ...changes));
    for (const name of ['1', '']) {
      await change(name, ['num.partitions', SET, '3']);
      await change(name, [flush, SET, '5'], ['num.partitions', SET, '3']);
      await change(name, ['num.partitions', DELETE, null]);
      await change(name, [flush, SET, 'x']);
      await change(name, ['log.segment.bytes', SET, '1']);
      await change(name, [flush, SET, '']);
      await change(name, [flush, SET, null]);
      await change(name, [flush, SET, '5'], [flush, SET, '6']);
      await change(name, [flush, APPEND, '5']);
      await change(name, ['nope', APPEND, '5']);
      await change(name, ['nope', DELETE, null]);
      await change(name, ['log.message.timestamp.type', SET, 'logappendtime']);
      await change(name, ['compression.type', SET, 'none']);
      await change(name, ['ssl.keystore.location', SET, '/x']);
      await change(name);
    }
    for (const name of ['9', 'x', '-1']) await change(name, [flush, SET, '5']);
  })
  .ask('of a broker, an unknown one', {
    ...changing(BROKER, '1', ['nope', SET, '5']),
    validateOnly: true,
  })
  .ask('of a subscription, a pattern that looks ahead', {
    ...changing(CLIENT_METRICS, 'never-ahead', ['match', SET, 'client_id=(?!a).*']),
    validateOnly: true,
  })
  .ask('of a broker, one without effect here', {
    ...changing(BROKER, '1', ['num.replica.fetchers', SET, '2']),
    validateOnly: true,
  })
  .ask('of a broker, only validated', {
    ...changing(BROKER, '1', [flush, SET, '5']),
    validateOnly: true,
  });

export const alteringRetention = new Scenarios(incrementalAlterConfigs)
  .script('of retention, of brokers and of a topic', async (peer, version) => {
    const retention = ['retention.ms', 'retention.bytes', 'cleanup.policy'];
    const topic = (...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(TOPIC, readTopic, ...changes));
    const broker = (name: string, ...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(BROKER, name, ...changes));
    await broker(
      '',
      ['log.retention.ms', SET, '90000000'],
      ['log.retention.bytes', SET, '5000000'],
    );
    await describeWhen(
      peer,
      BROKER,
      '1',
      ['log.retention.ms', 'log.retention.minutes'],
      '90000000',
    );
    await describeWhen(peer, TOPIC, readTopic, retention, '90000000');
    await topic(['retention.ms', SET, '86400000'], ['file.delete.delay.ms', SET, '1000']);
    await describeWhen(peer, TOPIC, readTopic, [...retention, 'file.delete.delay.ms'], '86400000');
    await topic(['cleanup.policy', SET, ''], ['segment.jitter.ms', SET, '1000']);
    await describeWhen(peer, TOPIC, readTopic, ['cleanup.policy', 'segment.jitter.ms'], '');
    await topic(['cleanup.policy', APPEND, 'delete']);
    await describeWhen(peer, TOPIC, readTopic, ['cleanup.policy'], 'delete');
    for (const name of ['', '1']) {
      for (const [config, value] of [
        ['log.retention.ms', '-2'],
        ['log.cleanup.policy', 'shred'],
        ['log.segment.delete.delay.ms', '-1'],
        ['log.retention.hours', '1'],
      ] as const) {
        await broker(name, [config, SET, value]);
        await broker(name, [config, DELETE, null]);
      }
    }
    await topic(['retention.ms', DELETE, null], ['file.delete.delay.ms', DELETE, null]);
    await topic(['cleanup.policy', DELETE, null], ['segment.jitter.ms', DELETE, null]);
    await broker('', ['log.retention.ms', DELETE, null], ['log.retention.bytes', DELETE, null]);
    await describeWhen(peer, BROKER, '1', ['log.retention.bytes', 'log.retention.ms'], '-1');
  })
  .script('of retention that cannot be', async (peer, version) => {
    const changes: readonly Change[] = [
      ['retention.ms', SET, '-2'],
      ['retention.ms', SET, 'x'],
      ['retention.bytes', SET, '-7'],
      ['retention.bytes', DELETE, null],
      ['cleanup.policy', SET, 'shred'],
      ['cleanup.policy', SET, 'delete,shred'],
      ['cleanup.policy', SET, 'delete,delete'],
      ['cleanup.policy', SET, 'delete,'],
      ['cleanup.policy', SET, ' delete '],
      ['cleanup.policy', SET, 'DELETE'],
      ['cleanup.policy', DELETE, null],
      ['file.delete.delay.ms', SET, '-1'],
      ['segment.jitter.ms', SET, '-1'],
    ];
    for (const change of changes) {
      await peer.ask(incrementalAlterConfigs, version, changing(TOPIC, readTopic, change));
    }
  });

export const replacingBrokers = new Scenarios(alterConfigs)
  .script('of a broker', async (peer, version) => {
    const replace = (name: string, configs: Readonly<Record<string, string | null>>) =>
      peer.ask(alterConfigs, version, replacing(BROKER, name, configs));
    await replace('1', { [flush]: '700000', 'message.max.bytes': '2000000' });
    await describeWhen(peer, BROKER, '1', [flush, 'message.max.bytes'], '700000');
    await replace('1', { [flush]: '600000' });
    await describeWhen(peer, BROKER, '1', [flush, 'message.max.bytes'], '600000');
    await replace('1', { 'num.partitions': '1' });
    await replace('1', { [flush]: 'x' });
    await replace('1', { [flush]: null });
    await replace('1', {});
    await describeWhen(peer, BROKER, '1', [flush, 'message.max.bytes'], null);
    for (const name of ['9', 'x']) await replace(name, {});
  })
  .ask('of a logger', replacing(BROKER_LOGGER, '1', { root: 'WARN' }));

export const alteringSubscriptions = new Scenarios(incrementalAlterConfigs)
  .script('of a subscription', async (peer, version) => {
    const name = `subscribed-${version}`;
    const change = (...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(CLIENT_METRICS, name, ...changes));
    const all = ['interval.ms', 'match', 'metrics'];
    await change(['interval.ms', SET, '1000'], ['metrics', SET, 'a.b,c.d']);
    await describeWhen(peer, CLIENT_METRICS, name, all, '1000');
    await peer.ask(listConfigResources, 0, {});
    await change(['match', SET, 'client_id=a,client_software_name=apache.*']);
    await change(['interval.ms', SET, '100']);
    await describeWhen(peer, CLIENT_METRICS, name, all, '100');
    await change(['match', SET, ''], ['metrics', SET, '*'], ['interval.ms', SET, '3600000']);
    await describeWhen(peer, CLIENT_METRICS, name, all, '3600000');
    await peer.ask(alterConfigs, 2, replacing(CLIENT_METRICS, name, { 'interval.ms': '2000' }));
    await describeWhen(peer, CLIENT_METRICS, name, all, '2000');
    await change(['interval.ms', DELETE, null]);
    await describeWhen(peer, CLIENT_METRICS, name, all, '300000');
    await peer.ask(listConfigResources, 1, { resourceTypes: [CLIENT_METRICS] });
  })
  .script('of subscriptions that cannot be', async (peer, version) => {
    const changes: readonly Change[] = [
      ['interval.ms', SET, '99'],
      ['interval.ms', SET, '3600001'],
      ['interval.ms', SET, 'x'],
      ['interval.ms', SET, ''],
      ['interval.ms', SET, null],
      ['interval.ms', APPEND, '100'],
      ['metrics', APPEND, 'x'],
      ['metrics', SUBTRACT, 'x'],
      ['metrics', SET, 'a, ,b'],
      ['intervl.ms', SET, '100'],
      ['intervl.ms', DELETE, null],
      ['match', SET, 'nope=1'],
      ['match', SET, 'client_id'],
      ['match', SET, 'client_id='],
      ['match', SET, 'client_id=['],
      ['match', SET, 'client_id=a=b'],
      ['match', SET, 'client_id=a,b'],
    ];
    for (const change of changes) {
      await peer.ask(incrementalAlterConfigs, version, changing(CLIENT_METRICS, 'never', change));
    }
    const nameless = changing(CLIENT_METRICS, '', ['interval.ms', SET, '1000']);
    await peer.ask(incrementalAlterConfigs, version, nameless);
    await peer.ask(alterConfigs, 2, replacing(CLIENT_METRICS, 'never', { nope: '1' }));
    await peer.ask(alterConfigs, 2, replacing(CLIENT_METRICS, '', {}));
  });

export const alteringGroups = new Scenarios(incrementalAlterConfigs)
  .script('of groups', async (peer, version) => {
    const change = (name: string, ...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(GROUP, name, ...changes));
    const session = 'consumer.session.timeout.ms';
    await change('g', [session, SET, '45000']);
    await describeWhen(peer, GROUP, 'g', [session], '45000');
    await peer.ask(listConfigResources, 1, { resourceTypes: [GROUP] });
    await change('g', [session, DELETE, null]);
    await change('g', [session, SET, '1']);
    await change('g', [session, SET, 'x']);
    await change('g', [session, SET, null]);
    await change('g', [session, APPEND, '50000']);
    await change('g', ['consumer.session', SET, '1']);
    await change('g', ['consumer.session', DELETE, null]);
    await change('g');
    await change('', [session, SET, '45000']);
    await peer.ask(alterConfigs, 2, replacing(GROUP, 'g', { 'share.isolation.level': 'nope' }));
  })
  .ask(
    'of a group, another value',
    changing(GROUP, 'g', ['share.session.timeout.ms', SET, '50000']),
  );

export const alteringLoggers = new Scenarios(incrementalAlterConfigs)
  .script('of a logger', async (peer, version) => {
    const change = (name: string, ...changes: readonly Change[]) =>
      peer.ask(incrementalAlterConfigs, version, changing(BROKER_LOGGER, name, ...changes));
    await change('1', ['root', SET, 'ERROR']);
    await peer.ask(describeConfigs, 4, describing(BROKER_LOGGER, '1', ['root', 'nope']));
    await change('1', ['root', SET, 'error']);
    await change('1', ['root', SET, 'ERROR'], ['nope', SET, 'ERROR']);
    await change('1', ['root', DELETE, null]);
    await change('1', ['root', SET, null]);
    await change('1', ['root', APPEND, 'ERROR']);
    await change('1', ['root', SUBTRACT, 'ERROR']);
    await change('1', ['nope', SET, 'ERROR']);
    await change('1', ['nope', DELETE, null]);
    await change('1');
    for (const name of ['', '9', 'x']) await change(name, ['root', SET, 'ERROR']);
  })
  .ask('of a logger, only validated', {
    ...changing(BROKER_LOGGER, '1', ['root', SET, 'ERROR']),
    validateOnly: true,
  });

export const listingAllResources = new Scenarios(listConfigResources)
  .ask('of every kind', {}, 1)
  .ask('of subscriptions and groups', { resourceTypes: [CLIENT_METRICS, GROUP] }, 1)
  .ask('of brokers, twice', { resourceTypes: [BROKER, BROKER] }, 1)
  .ask('of an unknown kind among others', { resourceTypes: [BROKER, 0] }, 1);
