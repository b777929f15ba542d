// UpdateFeatures, versions 0 to 2 (KIP-584). There are no features with versions to choose from (ApiVersions names none),
// so a request is refused as Kafka refuses a feature that it does not know: with one error for all, in every version.

import { ErrorCode, errorMessage } from '@millrace/protocol';
import { UpdateFeaturesRequest } from '@millrace/protocol/messages/update-features-request';
import {
  createUpdateFeaturesResponse,
  UpdateFeaturesResponse,
} from '@millrace/protocol/messages/update-features-response';
import type { Handler } from '../handler.ts';

export function updateFeaturesHandler(): Handler<UpdateFeaturesRequest, UpdateFeaturesResponse> {
  return {
    apiKey: UpdateFeaturesRequest.apiKey,
    minVersion: 0,
    maxVersion: 2,
    request: UpdateFeaturesRequest,
    response: UpdateFeaturesResponse,
    handle({ featureUpdates }) {
      const [first] = featureUpdates;
      if (first === undefined) return createUpdateFeaturesResponse({ errorMessage: null });
      const { feature, maxVersionLevel } = first;
      return createUpdateFeaturesResponse({
        errorCode: ErrorCode.INVALID_UPDATE_VERSION,
        errorMessage:
          `Invalid update version ${maxVersionLevel} for feature ${feature}: ` +
          'this broker has no features to update.',
      });
    },
    failure(_request, errorCode) {
      return createUpdateFeaturesResponse({ errorCode, errorMessage: errorMessage(errorCode) });
    },
  };
}
