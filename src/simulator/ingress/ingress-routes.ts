import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { HttpRequest, Routed, WeightedBackend } from './routed.ts';
import { hasPrefix, pathOnly } from './routed.ts';

interface Candidate extends Routed {
  /** Of two that fit the larger one wins, number by number. */
  readonly rank: readonly number[];
}

/**
 * The rule of all Ingresses that a request fits: an exact host before a wildcard before none, then the longest path, then
 * an exact path before a prefix; else a default backend.
 * Source: staging/src/k8s.io/api/networking/v1/types.go `IngressRule`, `HTTPIngressPath`, 1.36.
 */
export function ingressRoute(ingresses: readonly KubernetesObject[], request: HttpRequest): Routed | undefined {
  let best: Candidate | undefined;
  for (const ingress of ingresses)
    for (const candidate of candidatesOf(ingress, request))
      if (best === undefined || outranks(candidate.rank, best.rank)) best = candidate;
  return best ?? ingresses.map(defaultOf).find((routed) => routed !== undefined);
}

function outranks(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > (b[at] ?? 0);
}

function candidatesOf(ingress: KubernetesObject, { host, path }: HttpRequest): readonly Candidate[] {
  return arrayAt(ingress, 'spec', 'rules').flatMap((rule, ruleIndex) => {
    const hostRank = rankOfHost(nameAt(rule, 'host'), host);
    if (hostRank === 0) return [];
    return arrayAt(rule, 'http', 'paths').flatMap((entry, index): Candidate[] => {
      const own = nameAt(entry, 'path') ?? '/';
      const isExact = stringAt(entry, 'pathType') === 'Exact';
      const fits = isExact ? pathOnly(path) === own : hasPrefix(pathOnly(path), own);
      const backend = backendOf(ingress, objectAt(entry, 'backend'));
      if (!fits || backend === undefined) return [];
      const rank = [hostRank, own.replace(/\/+$/, '').length, isExact ? 1 : 0];
      return [{ ...named(ingress, ['spec', 'rules', ruleIndex, 'http', 'paths', index]), backends: [backend], rank }];
    });
  });
}

/** 0: it does not fit. A wildcard stands for one label. */
function rankOfHost(wanted: string | undefined, host: string): number {
  if (wanted === undefined) return 1;
  const [own, lower] = [wanted.toLowerCase(), host.toLowerCase()];
  if (own === lower) return 3;
  const dot = lower.indexOf('.');
  return own.startsWith('*.') && dot > 0 && lower.slice(dot) === own.slice(1) ? 2 : 0;
}

function defaultOf(ingress: KubernetesObject): Routed | undefined {
  const backend = backendOf(ingress, objectAt(ingress, 'spec', 'defaultBackend'));
  return backend && { ...named(ingress, ['spec', 'defaultBackend']), backends: [backend] };
}

function named(ingress: KubernetesObject, path: Path): Pick<Routed, 'route' | 'rule'> {
  return { route: `Ingress/${namespaceOf(ingress) ?? ''}/${nameOf(ingress)}`, rule: formatFieldPath(path) };
}

/** A backend that is no Service is some other controller's business. */
function backendOf(ingress: KubernetesObject, backend: JsonValue | undefined): WeightedBackend | undefined {
  const service = nameAt(backend, 'service', 'name');
  if (service === undefined) return undefined;
  const port = numberAt(backend, 'service', 'port', 'number') ?? nameAt(backend, 'service', 'port', 'name');
  return { namespace: namespaceOf(ingress) ?? '', service, ...(port === undefined ? {} : { port }), weight: 1 };
}
