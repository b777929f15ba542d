import type { RequestContext } from '../handler.ts';
import type { TelemetryClient } from './client-telemetry.ts';

/** The attributes that subscriptions can name (KIP-714, client matching). */
export function telemetryClient({ clientId, connection }: RequestContext): TelemetryClient {
  const { remoteHost, remoteAddress, clientSoftware } = connection;
  return {
    client_id: clientId ?? '',
    client_software_name: clientSoftware?.name ?? '',
    client_software_version: clientSoftware?.version ?? '',
    client_source_address: remoteHost,
    client_source_port: remoteAddress.slice(remoteAddress.lastIndexOf(':') + 1),
  };
}
