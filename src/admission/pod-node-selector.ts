import { validateLabelKey, validateLabelValue } from '../apimachinery/label-names.ts';
import { annotationsOf } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { stringMapAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import type { Answer, Refusal } from './answer.ts';
import { forbidden, isRefusal, notFound, plainError } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';
import { NAMESPACE } from './cluster-view.ts';
import { withFields } from './edit-object.ts';

const ANNOTATION = 'scheduler.alpha.kubernetes.io/node-selector';

/** Configuration of the plugin, as label selectors. */
export interface ClusterNodeSelectors {
  /** What counts where a namespace says nothing. */
  readonly clusterDefaultNodeSelector?: string;
  /** What the Pods of a namespace may ask for, by its name; anything where there is none. */
  readonly whitelists?: Readonly<Record<string, string>>;
}

/**
 * Gives Pods the labels of Nodes that their namespace names, and refuses Pods that ask for others. Off by default.
 * Source: plugin/pkg/admission/podnodeselector/admission.go, 1.36.
 */
export const podNodeSelector: AdmissionPlugin = podNodeSelectorWith({});

/** The plugin with a configuration. */
export function podNodeSelectorWith(selectors: ClusterNodeSelectors): AdmissionPlugin {
  return {
    name: 'PodNodeSelector',
    operations: ['CREATE'],
    admit(request, view) {
      const { object } = request;
      if (!isFor(request, 'pods') || object === undefined) return undefined;
      const own = namespaceSelector(request, view, selectors);
      if (isRefusal(own)) return own;
      const asked = stringMapAt(object, 'spec', 'nodeSelector');
      if (conflict(own, asked)) return conflicts(request);
      const merged = new Map([...own, ...asked]);
      if (merged.size === 0) return allowed(request, merged, selectors);
      const nodeSelector = Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
      return allowed(request, merged, selectors) ?? { object: withFields(object, ['spec'], { nodeSelector }) };
    },
    validate(request, view) {
      if (!isFor(request, 'pods') || request.object === undefined) return undefined;
      const own = namespaceSelector(request, view, selectors);
      if (isRefusal(own)) return own;
      const asked = stringMapAt(request.object, 'spec', 'nodeSelector');
      return conflict(own, asked) ? conflicts(request) : allowed(request, asked, selectors);
    },
  };
}

type Labels = ReadonlyMap<string, string>;

function namespaceSelector(
  { namespace }: AdmissionRequest,
  view: ClusterView,
  { clusterDefaultNodeSelector = '' }: ClusterNodeSelectors,
): Labels | Refusal {
  const found = view.get(NAMESPACE, '', namespace);
  if (found === undefined) return notFound({ group: '', resource: 'namespaces' }, namespace);
  return labelsOfSelector(annotationsOf(found).get(ANNOTATION) ?? clusterDefaultNodeSelector);
}

function conflict(a: Labels, b: Labels): boolean {
  return [...a].some(([key, value]) => b.has(key) && b.get(key) !== value);
}

function conflicts(request: AdmissionRequest): Refusal {
  return forbidden(request, 'pod node label selector conflicts with its namespace node label selector', {
    field: ['spec', 'nodeSelector'],
  });
}

function allowed(request: AdmissionRequest, asked: Labels, { whitelists = {} }: ClusterNodeSelectors): Answer {
  const whitelist = labelsOfSelector(whitelists[request.namespace] ?? '');
  if (isRefusal(whitelist)) return whitelist;
  if (whitelist.size === 0 || [...asked].every(([key, value]) => whitelist.get(key) === value)) return undefined;
  return forbidden(request, 'pod node label selector labels conflict with its namespace whitelist', {
    field: ['spec', 'nodeSelector'],
  });
}

/**
 * `infra=false, env = dev` as labels.
 * Source: staging/src/k8s.io/apimachinery/pkg/labels/labels.go `ConvertSelectorToLabelsMap`, 1.36.
 */
function labelsOfSelector(selector: string): Labels | Refusal {
  const labels = new Map<string, string>();
  if (selector === '') return labels;
  for (const part of selector.split(',')) {
    const pair = part.split('=');
    if (pair.length !== 2) return plainError(`invalid selector: [${pair.join(' ')}]`);
    const [key = '', value = ''] = pair.map((text) => text.trim());
    const [badKey, badValue] = [validateLabelKey(key), validateLabelValue(value)];
    // The server names no field: what it prints in its place is the path that it does not have.
    if (badKey.length > 0) return plainError(`<nil>: Invalid value: ${quoteString(key)}: ${badKey.join('; ')}`);
    if (badValue.length > 0)
      return plainError(`[${key}]: Invalid value: ${quoteString(value)}: ${badValue.join('; ')}`);
    labels.set(key, value);
  }
  return labels;
}
