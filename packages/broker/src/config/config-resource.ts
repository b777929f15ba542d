/** What has configs, with Kafka's codes (`ConfigResource.Type`). */
export const ConfigResource = {
  TOPIC: 2,
  BROKER: 4,
  BROKER_LOGGER: 8,
  CLIENT_METRICS: 16,
  GROUP: 32,
} as const;
