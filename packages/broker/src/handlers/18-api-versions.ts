// ApiVersions, versions 0 to 4. A newer request is answered in version 0 with UNSUPPORTED_VERSION (KIP-511).
// Left out: features; none that a client could ask for is served yet.

import { ApiKey, ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions-request';
import {
  ApiVersionsResponse,
  createApiVersionsResponse,
  createApiVersionsResponseApiVersion,
} from '@millrace/protocol/messages/api-versions-response';
import type { Handler } from '../handler.ts';

/** KIP-511: letters, digits, dots and dashes, no dash or dot at either end. */
const CLIENT_SOFTWARE = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

/** `served`: every handler of the broker, this one included. */
export function apiVersionsHandler(
  served: () => readonly Pick<Handler, 'apiKey' | 'minVersion' | 'maxVersion'>[],
): Handler<ApiVersionsRequest, ApiVersionsResponse> {
  const announce = (errorCode: number) =>
    createApiVersionsResponse({
      errorCode,
      apiKeys: served()
        .map(({ apiKey, minVersion, maxVersion }) =>
          createApiVersionsResponseApiVersion({ apiKey, minVersion, maxVersion }),
        )
        .sort((a, b) => a.apiKey - b.apiKey),
    });
  return {
    apiKey: ApiKey.ApiVersions,
    minVersion: 0,
    maxVersion: 4,
    request: ApiVersionsRequest,
    response: ApiVersionsResponse,
    handle(request, { apiVersion, connection }) {
      const { clientSoftwareName, clientSoftwareVersion } = request;
      const isNamed =
        CLIENT_SOFTWARE.test(clientSoftwareName) && CLIENT_SOFTWARE.test(clientSoftwareVersion);
      if (apiVersion >= 3 && !isNamed) {
        return createApiVersionsResponse({ errorCode: ErrorCode.INVALID_REQUEST });
      }
      if (isNamed) {
        connection.clientSoftware = { name: clientSoftwareName, version: clientSoftwareVersion };
      }
      return announce(ErrorCode.NONE);
    },
    failure(_request, error) {
      return announce(error);
    },
  };
}
