import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import type { ApiCall, ApiResult } from '../../../client/api-client.ts';
import { timeOf } from '../../../kernel/clock.ts';
import type { Reaction } from '../../testing/fake-api.ts';
import { refusal } from '../../testing/fake-api.ts';
import { NOW_MS } from '../../testing/run-sync.ts';

/** What a metric says at each of its places, in thousandths. */
type Levels = readonly (number | string)[];

export interface MetricAnswers {
  /** Of each Pod: its name and what each of its containers uses. */
  readonly pods?: readonly { readonly name: string; readonly containers: readonly JsonObject[] }[];
  /** Of a custom or external metric. */
  readonly levels?: Levels;
  /** When all was measured; now where left out. */
  readonly timestamp?: string;
  readonly failing?: readonly string[];
}

export const SOMETHING = 'something went wrong';

/** For tests: the three APIs of metrics, as upstream's fake clients serve them. */
export function metricAnswers({ pods, levels, timestamp = timeOf(NOW_MS), failing = [] }: MetricAnswers): Reaction {
  return (call) => {
    switch (call.resource.group) {
      case 'metrics.k8s.io':
        if (failing.includes('metrics')) return refusal(500, 'InternalError', SOMETHING);
        return list((pods ?? []).map(({ name, containers }) => podMetrics(name, containers, timestamp)));
      case 'custom.metrics.k8s.io':
        if (failing.includes('custom')) return refusal(500, 'InternalError', SOMETHING);
        return list(customValues(call, levels ?? [], timestamp));
      case 'external.metrics.k8s.io':
        if (failing.includes('external')) return refusal(500, 'InternalError', SOMETHING);
        return list((levels ?? []).map((level) => ({ metricName: 'qps', value: `${level}m` })));
      default:
        return undefined;
    }
  };
}

function podMetrics(name: string, containers: readonly JsonObject[], timestamp: string): JsonObject {
  return { metadata: { name }, timestamp, window: '1m0s', containers };
}

function customValues({ name }: ApiCall, levels: Levels, timestamp: string): readonly JsonObject[] {
  if (name !== '*') return [{ describedObject: { name: name ?? '' }, value: `${levels[0] ?? 0}m` }];
  return levels.map((level, index) => ({
    describedObject: { kind: 'Pod', name: `test-pod-${index}` },
    timestamp,
    value: `${level}m`,
  }));
}

function list(items: readonly JsonValue[]): ApiResult {
  const object: KubernetesObject = { apiVersion: 'v1', kind: 'List', items };
  return { ok: true, code: 200, object, warnings: [] };
}
