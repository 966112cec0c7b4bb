import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { isJsonObject, nameAt } from '../../../../base/json.ts';
import { fillInText, updateField, updateItems } from '../../defaults/fill-in.ts';
import { defaultResourceList, defaultResources } from '../../defaults/resource-list.ts';
import { CONTAINER_LISTS } from '../containers.ts';
import { defaultContainer } from './container.ts';
import { defaultVolume } from './volume.ts';

const DEFAULTS: JsonObject = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
};

/**
 * A Pod spec with everything filled in that the server fills in, in a Pod as in a template; the same value where nothing
 * was missing. Source: pkg/apis/core/v1/{defaults,conversion}.go, 1.36.
 */
export function defaultPodSpec(spec: JsonValue): JsonValue {
  if (!isJsonObject(spec)) return spec;
  const filled = withAccount(fillInText(spec, DEFAULTS));
  const withVolumes = updateItems(filled, 'volumes', defaultVolume);
  const withContainers = CONTAINER_LISTS.reduce(
    (object, list) => updateItems(object, list, defaultContainer),
    withVolumes,
  );
  return defaultResources(updateField(withContainers, 'overhead', defaultResourceList));
}

/** The old name of the account's field says the same as the new one, which wins. */
function withAccount(spec: JsonObject): JsonObject {
  const account = nameAt(spec, 'serviceAccountName') ?? nameAt(spec, 'serviceAccount');
  if (account === undefined) return spec;
  if (spec['serviceAccountName'] === account && spec['serviceAccount'] === account) return spec;
  return { ...spec, serviceAccountName: account, serviceAccount: account };
}
