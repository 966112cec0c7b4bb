/** The fields of a Pod spec that the inspector shows first, for a spec at `spec.template.spec` or elsewhere. */
export function podSpecFields(specPath: string): readonly string[] {
  return [
    'containers[*].image',
    'containers[*].ports',
    'containers[*].env',
    'containers[*].resources',
    'containers[*].readinessProbe',
    'containers[*].volumeMounts',
    'volumes',
    'tolerations',
    'affinity',
    'topologySpreadConstraints',
    'serviceAccountName',
  ].map((field) => `${specPath}.${field}`);
}
