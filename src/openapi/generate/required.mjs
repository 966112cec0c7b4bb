/**
 * Fields that OpenAPI calls required and that the API server accepts an object without: Go decodes a missing value as
 * zero, and zero is valid there or is replaced by a default. Sources: pkg/apis/<group>/validation/validation.go and
 * <version>/defaults.go, 1.36.
 */
const NOT_REQUIRED = {
  ControllerRevision: ['revision'],
  CSIDriver: ['spec'],
  CSINode: ['spec'],
  CSINodeSpec: ['drivers'],
  CustomResourceDefinitionVersion: ['served', 'storage'],
  DeviceClass: ['spec'],
  EndpointSlice: ['endpoints'],
  HTTPHeader: ['value'],
  ISCSIPersistentVolumeSource: ['lun'],
  ISCSIVolumeSource: ['lun'],
  LimitRangeSpec: ['limits'],
  NetworkPolicySpec: ['podSelector'],
  PodFailurePolicy: ['rules'],
  PriorityClass: ['value'],
  ResourceClaim: ['spec'],
  ResourceClaimTemplate: ['spec'],
  ResourceClaimTemplateSpec: ['spec'],
  ResourcePool: ['generation'],
  RoleRef: ['apiGroup'],
  SleepAction: ['seconds'],
  Sysctl: ['value'],
  TokenRequest: ['audience'],
};
/** `v1.ResourceClaim` is a name in a container's resources, not the kind. */
const OTHERS_OF_THE_NAME = new Set(['v1.ResourceClaim']);

/** @param {string} typeId @param {readonly string[]} required what OpenAPI says @returns {string[]} what the server holds to */
export function requiredByServer(typeId, required) {
  if (OTHERS_OF_THE_NAME.has(typeId) || typeId.startsWith('gateway.')) return [...required];
  const excused = NOT_REQUIRED[typeId.slice(typeId.lastIndexOf('.') + 1)] ?? [];
  return required.filter((name) => !excused.includes(name));
}
