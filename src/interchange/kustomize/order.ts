import { compareStrings } from '../../base/compare.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import { refuseAt } from './kustomization.ts';
import type { Kustomization } from './kustomization.ts';
import { currentId, gvkOf } from './resource.ts';
import type { Resource } from './resource.ts';

/** Source: api/internal/builtins/SortOrderTransformer.go of kubernetes-sigs/kustomize. */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** In the order that `sortOptions` asks for; kubectl's own where it says nothing. */
export function inOrder(resources: readonly Resource[], kustomization: Kustomization): readonly Resource[] {
  const options = kustomization.value['sortOptions'];
  const order = stringAt(options, 'order') ?? 'legacy';
  if (order === 'fifo') return resources;
  if (order !== 'legacy')
    refuseAt(kustomization, 'source.type', ['sortOptions', 'order'], { key: 'order', expected: 'legacy, fifo' });
  const strings = (key: string, usual: readonly string[]): readonly string[] => {
    const given = arrayAt(options, 'legacySortOptions', key).map(String);
    return given.length === 0 ? usual : given;
  };
  const [first, last] = [strings('orderFirst', FIRST), strings('orderLast', LAST)];
  const rank = ({ object }: Resource): number => {
    const [at, end] = [first.indexOf(object.kind), last.indexOf(object.kind)];
    return end >= 0 ? 1 + end : at >= 0 ? at - first.length : 0;
  };
  const kindKey = ({ object }: Resource): string => {
    const { group, version, kind } = gvkOf(object);
    return `${group || '~G'}_${version}_${kind}`;
  };
  const nameKey = (resource: Resource): string => {
    const { name, namespace } = currentId(resource);
    return `${namespace || '~X'}|${name || '~N'}`;
  };
  return [...resources].sort(
    (a, b) => rank(a) - rank(b) || compareStrings(kindKey(a), kindKey(b)) || compareStrings(nameKey(a), nameKey(b)),
  );
}
