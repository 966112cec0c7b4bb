/** What the kinds of API Priority and Fairness share. */
export const FLOW_CONTROL_GROUP = 'flowcontrol.apiserver.k8s.io';

export const OLDER_FLOW_CONTROL_VERSIONS = ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'].map((version) => ({
  group: FLOW_CONTROL_GROUP,
  version,
}));
