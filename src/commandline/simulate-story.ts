import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { compareStrings } from '../base/compare.ts';
import { stringAt } from '../base/json.ts';
import type { Cluster } from '../simulator/cluster.ts';
import { lastSeen } from '../simulator/kubectl/commands/events.ts';
import { printedTable } from '../simulator/kubectl/output.ts';
import { servedKind } from '../simulator/kubectl/resources.ts';
import type { ServedResource } from '../simulator/apiserver/served-resources.ts';
import { asTable } from '../simulator/apiserver/table.ts';
import { RUN_BEGINS_MS } from '../simulator/kernel/clock.ts';

/** Resources of the last tables, as `kubectl get all` shows them and what a reader asks for next. */
const SHOWN = [
  'nodes',
  'pods',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
  'services',
  'persistentvolumeclaims',
];

/** A run to read: what happened in the words of its Events, then how things stand in kubectl's tables. */
export function storyOf(cluster: Cluster): string {
  const objects = cluster.objects();
  return [eventsOf(objects), ...tablesOf(cluster, objects)].filter((part) => part !== '').join('\n');
}

function eventsOf(objects: readonly KubernetesObject[]): string {
  return objects
    .filter(({ kind }) => kind === 'Event')
    .toSorted(
      (a, b) =>
        compareStrings(String(lastSeen(a) ?? ''), String(lastSeen(b) ?? '')) || compareStrings(nameOf(a), nameOf(b)),
    )
    .map((event) => {
      const about = event['involvedObject'];
      const time = String(lastSeen(event) ?? '').slice(11, 19);
      const object = `${stringAt(about, 'kind') ?? ''}/${stringAt(about, 'name') ?? ''}`;
      return `${time}  ${object}  ${stringAt(event, 'reason') ?? ''}: ${stringAt(event, 'message') ?? ''}\n`;
    })
    .join('');
}

function tablesOf(cluster: Cluster, objects: readonly KubernetesObject[]): readonly string[] {
  const groups = new Map<string, { readonly resource: ServedResource; readonly objects: KubernetesObject[] }>();
  for (const object of objects) {
    const resource = servedKind(groupVersionKindOf(object));
    if (resource === undefined || !SHOWN.includes(resource.qualified)) continue;
    const group = groups.get(resource.qualified) ?? { resource, objects: [] };
    group.objects.push(object);
    groups.set(resource.qualified, group);
  }
  return SHOWN.flatMap((qualified) => {
    const group = groups.get(qualified);
    if (group === undefined) return [];
    const source = { kind: group.resource, version: '', nowMs: RUN_BEGINS_MS + cluster.nowMs };
    const tables = group.objects.map((object) => asTable(source, object));
    return printedTable(group.resource, tables, {
      wide: false,
      withNamespace: group.resource.namespaced,
      withKind: true,
      showLabels: false,
      noHeaders: false,
    });
  });
}
