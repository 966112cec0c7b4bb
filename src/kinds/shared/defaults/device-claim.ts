import type { JsonObject } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import { fillInText, updateItems, updateStruct } from './fill-in.ts';

/**
 * The spec of a ResourceClaim, or of the claims of a template, with what its requests lack.
 * Source: pkg/apis/resource/v1/defaults.go and the `+default` tags of staging/src/k8s.io/api/resource/v1/types.go, 1.36.
 */
export function defaultDeviceClaimSpec(spec: JsonObject): JsonObject {
  if (objectAt(spec, 'devices') === undefined) return spec;
  return updateStruct(spec, 'devices', (devices) =>
    updateItems(devices, 'requests', (request) => {
      const updated = updateItems(request, 'firstAvailable', defaultRequest);
      return objectAt(updated, 'exactly') === undefined ? updated : updateStruct(updated, 'exactly', defaultRequest);
    }),
  );
}

function defaultRequest(request: JsonObject): JsonObject {
  const filled = fillInText(request, { allocationMode: 'ExactCount' });
  const isCounted = filled['allocationMode'] === 'ExactCount' && Number(filled['count'] ?? 0) === 0;
  const counted = isCounted ? { ...filled, count: 1 } : filled;
  return updateItems(counted, 'tolerations', (toleration) => fillInText(toleration, { operator: 'Equal' }));
}
