import type { FieldError } from '../../../../../apimachinery/field-error.ts';
import type { ValidationPath } from '../../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import type { PodValidationOptions } from '../pod-validation-options.ts';
import * as claim from './claim-sources.ts';
import * as cloud from './cloud-sources.ts';
import * as file from './file-sources.ts';
import * as network from './network-sources.ts';
import { validateProjected } from './projected-source.ts';

export type ValidateVolumeSource = (
  source: JsonValue,
  path: ValidationPath,
  options: PodValidationOptions,
) => readonly FieldError[];

export interface VolumeSourceRule {
  readonly field: string;
  /** How the server calls the field in errors, where it does not use its name: for a second source, and for the rest. */
  readonly secondName?: string;
  readonly name?: string;
  readonly validate: ValidateVolumeSource;
}

/** Every source of a volume in the order in which the server looks at them. */
export const VOLUME_SOURCES: readonly VolumeSourceRule[] = [
  { field: 'emptyDir', validate: file.validateEmptyDir },
  { field: 'hostPath', validate: file.validateHostPath },
  { field: 'gitRepo', validate: file.validateGitRepo },
  { field: 'gcePersistentDisk', name: 'persistentDisk', validate: cloud.validateGcePersistentDisk },
  { field: 'awsElasticBlockStore', validate: cloud.validateAwsElasticBlockStore },
  { field: 'secret', validate: file.validateSecret },
  { field: 'nfs', validate: network.validateNfs },
  { field: 'iscsi', validate: network.validateIscsi },
  { field: 'glusterfs', validate: network.validateGlusterfs },
  { field: 'flocker', validate: network.validateFlocker },
  { field: 'persistentVolumeClaim', validate: claim.validatePersistentVolumeClaimSource },
  { field: 'rbd', validate: network.validateRbd },
  { field: 'cinder', validate: cloud.validateCinder },
  { field: 'cephfs', secondName: 'cephFS', validate: network.validateCephfs },
  { field: 'quobyte', validate: network.validateQuobyte },
  { field: 'downwardAPI', secondName: 'downwarAPI', validate: file.validateDownwardApi },
  { field: 'fc', validate: network.validateFc },
  { field: 'flexVolume', validate: cloud.validateFlexVolume },
  { field: 'configMap', validate: file.validateConfigMap },
  { field: 'azureFile', validate: cloud.validateAzureFile },
  { field: 'vsphereVolume', validate: cloud.validateVsphereVolume },
  { field: 'photonPersistentDisk', validate: cloud.validatePhotonPersistentDisk },
  { field: 'portworxVolume', validate: cloud.validatePortworxVolume },
  { field: 'azureDisk', validate: cloud.validateAzureDisk },
  { field: 'storageos', validate: cloud.validateStorageos },
  { field: 'projected', validate: validateProjected },
  { field: 'scaleIO', validate: cloud.validateScaleIo },
  { field: 'csi', validate: claim.validateCsi },
  { field: 'ephemeral', validate: claim.validateEphemeral },
  { field: 'image', validate: file.validateImage },
];
