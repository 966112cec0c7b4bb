import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { valueAt } from '../../../../base/json.ts';
import { pointerAt } from '../../validation/fields.ts';
import { claimSpecWarnings } from './fractions.ts';

/** Sources that are deprecated or gone, as the server calls them, in its order. Source: pkg/api/pod/warnings.go, 1.36. */
const DEPRECATED: readonly (readonly [field: string, name: string, message: string])[] = [
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

export function volumeWarnings(volumes: readonly JsonValue[], path: ValidationPath): readonly string[] {
  return volumes.flatMap((volume, index) => {
    const at = path.index(index);
    const template = valueAt(volume, 'ephemeral', 'volumeClaimTemplate');
    return [
      ...DEPRECATED.filter(([field]) => pointerAt(volume, field) !== undefined).map(
        ([, name, message]) => `${at.child(name)}: ${message}`,
      ),
      ...claimSpecWarnings(valueAt(template, 'spec'), at.child('ephemeral', 'volumeClaimTemplate', 'spec')),
    ];
  });
}
