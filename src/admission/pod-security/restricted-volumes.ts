import type { Path } from '../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';
import { plural, quoted, sorted } from './check.ts';
import { HOST_PATH_VOLUMES } from './host-path-volumes.ts';

/** Volumes are of kinds that tie a Pod to no machine. Source: policy/check_restrictedVolumes.go, 1.36. */
export const restrictedVolumes: PodSecurityCheck = {
  id: 'restrictedVolumes',
  level: 'restricted',
  versions: [{ since: 0, check, overrides: [HOST_PATH_VOLUMES] }],
};

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const FORBIDDEN = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
];

function check({ spec }: CheckedPod): Violation | undefined {
  const bad: string[] = [];
  const types = new Set<string>();
  const fields: Path[] = [];
  arrayAt(spec, 'volumes').forEach((volume, index) => {
    if (ALLOWED.some((type) => objectAt(volume, type))) return;
    const type = FORBIDDEN.find((each) => objectAt(volume, each));
    bad.push(stringAt(volume, 'name') ?? '');
    types.add(type ?? 'unknown');
    fields.push(['spec', 'volumes', index, ...(type === undefined ? [] : [type])]);
  });
  if (bad.length === 0) return undefined;
  const who = `${plural('volume', bad.length)} ${quoted(bad)} ${bad.length === 1 ? 'uses' : 'use'}`;
  return {
    reason: 'restricted volume types',
    detail: `${who} ${plural('restricted volume type', types.size)} ${quoted(sorted(types))}`,
    fields,
  };
}
