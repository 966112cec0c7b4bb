import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, asName, nameAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import type { HttpRequest, Routed, WeightedBackend } from './routed.ts';
import { hasPrefix, pathOnly } from './routed.ts';

/** What routes of the Gateway API hang on. */
export interface GatewayWorld {
  readonly gateways: readonly KubernetesObject[];
  readonly routes: readonly KubernetesObject[];
  labelsOfNamespace(name: string): ReadonlyMap<string, string>;
}

interface Candidate extends Routed {
  readonly rank: readonly number[];
  /** Older routes first, then by name. */
  readonly age: string;
}

/**
 * The rule of all HTTPRoutes that a request fits, of those that a listener of a Gateway lets in: the more specific host,
 * then an exact path, the longest prefix, a method, more query parameters, then the older route.
 * Source: kubernetes-sigs/gateway-api apis/v1/httproute_types.go `HTTPRouteRule.matches`, `ParentReference`, 1.5. Headers
 * and regular expressions are not looked at: rules that ask for them fit no request.
 */
export function httpRoute(world: GatewayWorld, request: HttpRequest): Routed | undefined {
  const found = world.routes.flatMap((route) => candidatesOf(world, route, request));
  return found.toSorted(byPrecedence)[0];
}

function byPrecedence(a: Candidate, b: Candidate): number {
  const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
  return at >= 0 ? b.rank[at]! - a.rank[at]! : compareStrings(a.age, b.age);
}

function candidatesOf(world: GatewayWorld, route: KubernetesObject, request: HttpRequest): readonly Candidate[] {
  const hostRanks = arrayAt(route, 'spec', 'parentRefs').flatMap((parent) =>
    listenersFor(world, route, parent, request.port).flatMap((listener) => {
      const outer = rankOfHost(nameAt(listener, 'hostname'), request.host);
      const names = arrayAt(route, 'spec', 'hostnames').map((name) => rankOfHost(asName(name), request.host));
      const inner = names.length === 0 ? outer : Math.max(...names);
      return outer < 0 || inner < 0 ? [] : [Math.max(outer, inner)];
    }),
  );
  if (hostRanks.length === 0) return [];
  const key = `${namespaceOf(route) ?? ''}/${nameOf(route)}`;
  const age = `${stringAt(route, 'metadata', 'creationTimestamp') ?? ''} ${key}`;
  return arrayAt(route, 'spec', 'rules').flatMap((rule, index) => {
    const matches = arrayAt(rule, 'matches');
    const ranks = (matches.length === 0 ? [{}] : matches).flatMap((match) => {
      const rank = rankOfMatch(match, request);
      return rank === undefined ? [] : [rank];
    });
    // Of a route's own rules that fit alike the first counts.
    return ranks.map((rank): Candidate => {
      const code = redirectOf(rule);
      return {
        route: `HTTPRoute/${key}`,
        rule: formatFieldPath(['spec', 'rules', index]),
        backends: backendsOf(route, rule),
        ...(code === undefined ? {} : { code }),
        rank: [Math.max(...hostRanks), ...rank],
        age: `${age} ${String(index).padStart(3, '0')}`,
      };
    });
  });
}

/** The listeners of the Gateway that a route names, which let it in, at a port. */
function listenersFor(
  { gateways, labelsOfNamespace }: GatewayWorld,
  route: KubernetesObject,
  parent: JsonValue,
  port: number,
): readonly JsonValue[] {
  const own = namespaceOf(route) ?? '';
  const [namespace, name] = [nameAt(parent, 'namespace') ?? own, nameAt(parent, 'name')];
  if ((nameAt(parent, 'kind') ?? 'Gateway') !== 'Gateway') return [];
  const gateway = gateways.find((one) => nameOf(one) === name && namespaceOf(one) === namespace);
  return arrayAt(gateway, 'spec', 'listeners').filter((listener) => {
    if (numberAt(listener, 'port') !== port) return false;
    const section = nameAt(parent, 'sectionName');
    if (section !== undefined && stringAt(listener, 'name') !== section) return false;
    const from = nameAt(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
    if (from === 'All') return true;
    if (from === 'Same') return own === namespace;
    const selector = parseLabelSelector(valueAt(listener, 'allowedRoutes', 'namespaces', 'selector'));
    return from === 'Selector' && matchesLabels(selector, labelsOfNamespace(own));
  });
}

/** -1: it does not fit; 0: any host; a wildcard stands for one label or more; an exact name counts most. */
function rankOfHost(wanted: string | undefined, host: string): number {
  if (wanted === undefined) return 0;
  const [own, lower] = [wanted.toLowerCase(), host.toLowerCase()];
  if (own === lower) return EXACT + own.length;
  return own.startsWith('*.') && lower.endsWith(own.slice(1)) ? own.length : -1;
}

/** Longer than a host name may be. */
const EXACT = 1000;

function rankOfMatch(match: JsonValue, { path }: HttpRequest): readonly number[] | undefined {
  const own = pathOnly(path);
  const [type, value] = [nameAt(match, 'path', 'type') ?? 'PathPrefix', nameAt(match, 'path', 'value') ?? '/'];
  const fits = type === 'Exact' ? own === value : type === 'PathPrefix' && hasPrefix(own, value);
  const method = nameAt(match, 'method');
  if (!fits || arrayAt(match, 'headers').length > 0 || (method !== undefined && method !== 'GET')) return undefined;
  const asked = new Set((path.split('?')[1] ?? '').split('&'));
  const wanted = arrayAt(match, 'queryParams');
  const isAsked = (one: JsonValue): boolean =>
    (nameAt(one, 'type') ?? 'Exact') === 'Exact' &&
    asked.has(`${nameAt(one, 'name') ?? ''}=${nameAt(one, 'value') ?? ''}`);
  if (!wanted.every(isAsked)) return undefined;
  return [type === 'Exact' ? 1 : 0, value.length, method === undefined ? 0 : 1, wanted.length];
}

/** Status of a rule that sends the client elsewhere. */
function redirectOf(rule: JsonValue): number | undefined {
  const filter = arrayAt(rule, 'filters').find((one) => stringAt(one, 'type') === 'RequestRedirect');
  return filter === undefined ? undefined : (numberAt(filter, 'requestRedirect', 'statusCode') ?? 302);
}

function backendsOf(route: KubernetesObject, rule: JsonValue): readonly WeightedBackend[] {
  return arrayAt(rule, 'backendRefs').flatMap((reference) => {
    const service = nameAt(reference, 'name');
    if (service === undefined || (nameAt(reference, 'kind') ?? 'Service') !== 'Service') return [];
    const port = numberAt(reference, 'port');
    const weight = numberAt(reference, 'weight') ?? 1;
    const namespace = nameAt(reference, 'namespace') ?? namespaceOf(route) ?? '';
    return [{ namespace, service, weight, ...(port === undefined ? {} : { port }) }];
  });
}
