import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { numberAt, objectAt, valueAt } from '../../../base/json.ts';
import { momentMs } from '../../apiserver/printers/cells.ts';
import type { DescribeContext } from './describer.ts';
import { sinceAt, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

/** The Events of the object; nothing where none are wanted. Source: describe.go `DescribeEvents`, 1.36. */
export function describeEvents(w: DescribeWriter, { events, nowMs }: DescribeContext): void {
  const found = events();
  if (found === undefined) return;
  if (found.length === 0) return w.field(0, 'Events', '<none>');
  w.flush();
  w.write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  w.write(1, '----\t------\t----\t----\t-------\n');
  const since = (event: KubernetesObject, ...path: readonly string[]): string => sinceAt(nowMs, event, ...path);
  for (const event of found.toSorted((a, b) => lastMs(a) - lastMs(b))) {
    const first = since(event, momentMs(valueAt(event, 'eventTime')) === undefined ? 'firstTimestamp' : 'eventTime');
    const count = numberAt(event, 'count') ?? 0;
    const series = objectAt(event, 'series');
    const age =
      series !== undefined
        ? `${since(event, 'series', 'lastObservedTime')} (x${numberAt(series, 'count') ?? 0} over ${first})`
        : count > 1
          ? `${since(event, 'lastTimestamp')} (x${count} over ${first})`
          : first;
    const path = textAt(event, 'involvedObject', 'fieldPath');
    const message = textAt(event, 'message').trim();
    w.write(
      1,
      [
        textAt(event, 'type'),
        textAt(event, 'reason'),
        age,
        textAt(event, 'source', 'component') || textAt(event, 'reportingComponent'),
        path === '' ? message : `${path}: ${message}`,
      ].join('\t') + '\n',
    );
  }
}

/** Source: staging/src/k8s.io/kubectl/pkg/util/event/sorted_event_list.go, 1.36. */
function lastMs(event: KubernetesObject): number {
  return momentMs(valueAt(event, 'lastTimestamp')) ?? 0;
}
