import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { ApiKey, apiInfo, apiName, apis } from './api-keys.ts';

test('keys, names and versions go together', () => {
  assert.equal(ApiKey.Produce, 0);
  assert.equal(ApiKey.ConsumerGroupHeartbeat, 68);
  assert.equal(apiName(18), 'ApiVersions');
  assert.deepEqual(apiInfo(1), {
    apiKey: 1,
    name: 'Fetch',
    minVersion: 4,
    maxVersion: 18,
    flexibleVersion: 12,
    latestVersionUnstable: false,
  });
  for (const [name, key] of Object.entries(ApiKey)) {
    assert.equal(apiName(key), name);
    assert.equal(apiInfo(key)?.apiKey, key);
  }
  assert.equal(apis().length, Object.keys(ApiKey).length);
});

test('keys that the codec has no messages for are unknown, not wrong', () => {
  for (const key of [4, 52, -1, 93, 1000]) {
    assert.equal(apiInfo(key), undefined);
    assert.equal(apiName(key), `unknown(${key})`);
  }
});

test('the one unstable version is known as such', () => {
  const unstable = apis().filter((api) => api.latestVersionUnstable);
  assert.deepEqual(
    unstable.map((api) => api.name),
    ['InitProducerId'],
  );
});
