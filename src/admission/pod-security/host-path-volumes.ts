import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { plural, quoted } from './check.ts';

export const HOST_PATH_VOLUMES = 'hostPathVolumes';

/** No folder of the node is mounted. Source: policy/check_hostPathVolumes.go, 1.36. */
export const hostPathVolumes: PodSecurityCheck = {
  id: HOST_PATH_VOLUMES,
  level: 'baseline',
  versions: [{ since: 0, check }],
};

function check({ spec }: CheckedPod): Violation | undefined {
  const bad = arrayAt(spec, 'volumes').flatMap((volume, index) =>
    objectAt(volume, 'hostPath') ? [{ name: stringAt(volume, 'name') ?? '', index }] : [],
  );
  if (bad.length === 0) return undefined;
  return {
    reason: 'hostPath volumes',
    detail: `${plural('volume', bad.length)} ${quoted(bad.map(({ name }) => name))}`,
    fields: bad.map(({ index }) => ['spec', 'volumes', index, 'hostPath']),
  };
}
