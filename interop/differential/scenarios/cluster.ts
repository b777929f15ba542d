// DescribeCluster and the APIs of configs.

import { AlterConfigsRequest } from '@millrace/protocol/messages/alter-configs-request';
import { AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs-response';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions-request';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions-response';
import { DescribeClusterRequest } from '@millrace/protocol/messages/describe-cluster-request';
import { DescribeClusterResponse } from '@millrace/protocol/messages/describe-cluster-response';
import { DescribeConfigsRequest } from '@millrace/protocol/messages/describe-configs-request';
import { DescribeConfigsResponse } from '@millrace/protocol/messages/describe-configs-response';
import { IncrementalAlterConfigsRequest } from '@millrace/protocol/messages/incremental-alter-configs-request';
import { IncrementalAlterConfigsResponse } from '@millrace/protocol/messages/incremental-alter-configs-response';
import { ListConfigResourcesRequest } from '@millrace/protocol/messages/list-config-resources-request';
import { ListConfigResourcesResponse } from '@millrace/protocol/messages/list-config-resources-response';
import { api, type Sparse } from '../api.ts';
import { makeTopics, readTopic } from '../prepare.ts';
import { Scenarios } from '../scenario.ts';

const TOPIC = 2;
const BROKER = 4;

export const apiVersions = new Scenarios(api(ApiVersionsRequest, ApiVersionsResponse))
  .ask('a client with a name', { clientSoftwareName: 'a-b.c', clientSoftwareVersion: '1.0' }, 3)
  .ask('a client with a bad name', { clientSoftwareName: 'a b', clientSoftwareVersion: '1.0' }, 3)
  .ask('a client with a bad version', { clientSoftwareName: 'a', clientSoftwareVersion: '-' }, 3);

export const describingCluster = new Scenarios(api(DescribeClusterRequest, DescribeClusterResponse))
  .ask('brokers', {})
  .ask('authorised operations', { includeClusterAuthorizedOperations: true })
  .ask('controllers', { endpointType: 2 }, 1)
  .ask('nothing known', { endpointType: 3 }, 1)
  .ask('fenced brokers', { includeFencedBrokers: true }, 2);

const describeConfigs = api(DescribeConfigsRequest, DescribeConfigsResponse);
const alterConfigs = api(AlterConfigsRequest, AlterConfigsResponse);
const incrementalAlterConfigs = api(
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
);

const resource = (
  resourceType: number,
  resourceName: string,
  configurationKeys: readonly string[] | null = null,
): Sparse<DescribeConfigsRequest> => ({
  resources: [{ resourceType, resourceName, configurationKeys }],
});

export const describingConfigs = new Scenarios(describeConfigs)
  .ask('some of a topic', resource(TOPIC, readTopic, ['segment.bytes', 'cleanup.policy', 'nope']))
  .ask(
    'with synonyms and documentation',
    { ...resource(TOPIC, readTopic, ['segment.bytes']), includeSynonyms: true },
    1,
  )
  .ask(
    'with documentation',
    { ...resource(TOPIC, readTopic, ['segment.bytes']), includeDocumentation: true },
    3,
  )
  .ask('some of a broker', resource(BROKER, '1', ['num.partitions', 'log.segment.bytes']))
  .ask('of an unknown topic', resource(TOPIC, 'nowhere'))
  .ask('of a bad name', resource(TOPIC, 'a b'))
  .ask('of no topic', resource(TOPIC, ''))
  .ask('of an unknown broker', resource(BROKER, '9'))
  .ask('of a broker that is no number', resource(BROKER, 'x'))
  .ask('of a kind that is not', resource(99, 'x'));

const setting = (name: string, value: string | null) => ({ name, value });

export const alteringConfigs = new Scenarios(alterConfigs)
  .script('of a topic', async (peer, version) => {
    const name = `altered-${version}`;
    await makeTopics(peer, [name]);
    const replace = (...configs: { name: string; value: string | null }[]) =>
      peer.ask(alterConfigs, version, {
        resources: [{ resourceType: TOPIC, resourceName: name, configs }],
      });
    await replace(setting('segment.bytes', '2097152'));
    await replace(setting('segment.bytes', 'x'));
    await replace(setting('nope', '1'));
    await replace(setting('segment.bytes', null));
    await replace();
  })
  .ask('of an unknown topic', {
    resources: [{ resourceType: TOPIC, resourceName: 'nowhere', configs: [] }],
  })
  .ask('of a kind that is not', { resources: [{ resourceType: 99, resourceName: 'x' }] })
  .ask('only validated', {
    resources: [
      {
        resourceType: TOPIC,
        resourceName: readTopic,
        configs: [setting('segment.bytes', '2097152')],
      },
    ],
    validateOnly: true,
  });

const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];

export const alteringConfigsBySteps = new Scenarios(incrementalAlterConfigs)
  .script('of a topic', async (peer, version) => {
    const name = `stepped-${version}`;
    await makeTopics(peer, [name]);
    const change = (
      ...configs: { name: string; configOperation?: number; value: string | null }[]
    ) =>
      peer.ask(incrementalAlterConfigs, version, {
        resources: [{ resourceType: TOPIC, resourceName: name, configs }],
      });
    await change({ name: 'segment.bytes', configOperation: SET, value: '2097152' });
    await change({ name: 'segment.bytes', configOperation: DELETE, value: null });
    await change({ name: 'segment.bytes', configOperation: SET, value: 'x' });
    await change({ name: 'segment.bytes', configOperation: SET, value: null });
    await change({ name: 'segment.bytes', configOperation: APPEND, value: '1' });
    await change({ name: 'segment.bytes', configOperation: 9, value: '1' });
    await change({ name: 'nope', configOperation: SET, value: '1' });
    await change({ name: 'cleanup.policy', configOperation: SUBTRACT, value: 'compact' });
    await change(
      { name: 'segment.bytes', configOperation: SET, value: '2097152' },
      { name: 'segment.bytes', configOperation: DELETE, value: null },
    );
  })
  .ask('of an unknown topic', {
    resources: [
      {
        resourceType: TOPIC,
        resourceName: 'nowhere',
        configs: [{ name: 'segment.bytes', configOperation: SET, value: '2097152' }],
      },
    ],
  })
  .ask('of a kind that is not', { resources: [{ resourceType: 99, resourceName: 'x' }] })
  .ask('of a resource twice', {
    resources: [
      { resourceType: TOPIC, resourceName: readTopic },
      { resourceType: TOPIC, resourceName: readTopic },
    ],
  });

export const listingConfigResources = new Scenarios(
  api(ListConfigResourcesRequest, ListConfigResourcesResponse),
)
  .ask('of clients’ metrics', {})
  .ask('of groups', { resourceTypes: [32] }, 1)
  .ask('of a kind that is not', { resourceTypes: [99] }, 1);
