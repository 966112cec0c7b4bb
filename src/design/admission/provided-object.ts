import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { formatApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { isClusterProvided } from '../../kinds/cluster-provided.ts';
import type { KindRegistry } from '../../kinds/registry.ts';

/** Source: pkg/apis/scheduling/types.go `SystemCriticalPriority`, pkg/apis/scheduling/v1/helpers.go, 1.36. */
const CLASS_VALUES: Readonly<Partial<Record<string, JsonObject>>> = {
  'system-node-critical': { value: 2_000_001_000 },
  'system-cluster-critical': { value: 2_000_000_000 },
};

/** An object that every cluster has without a manifest saying so; as little of it as admission reads. */
export function providedObject(
  registry: KindRegistry,
  kind: GroupKind,
  namespace: string,
  name: string,
): KubernetesObject | undefined {
  if (!isClusterProvided({ by: 'name', group: kind.group, kind: kind.kind, namespace, name })) return undefined;
  const { group, version } = registry.get(kind);
  return {
    apiVersion: formatApiVersion(group, version),
    kind: kind.kind,
    metadata: { name, ...(namespace === '' ? {} : { namespace }) },
    ...CLASS_VALUES[name],
  };
}
