import { asName, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord } from '../design.ts';
import type { ReferenceGraph } from '../graph.ts';
import type { Problem } from '../problem.ts';
import type { KeysOf } from '../view/record-index.ts';
import type { Check } from './check.ts';

/** Two Ingress rules for one host and path in one class: which of them answers depends on the controller. */
export const sameRoute: Check = {
  name: 'same-route',
  look(record, view) {
    const own = new Set<string>();
    return routesOf(record, view.graph).flatMap(({ key, at, host, path }): Problem[] => {
      const first = view.members(routes, key)[0] ?? record;
      const isFirst = first.id === record.id && !own.has(key);
      own.add(key);
      if (isFirst) return [];
      return [
        {
          id: 'ingress.sameRoute',
          severity: 'warning',
          record: record.id,
          field: at,
          related: [first.id],
          params: { host, path, other: nameOf(first.object) },
        },
      ];
    });
  },
};

const routes: KeysOf = (record, graph) => routesOf(record, graph).map(({ key }) => key);

interface Route {
  readonly key: string;
  readonly at: Path;
  readonly host: string;
  readonly path: string;
}

const NONE: readonly Route[] = [];

/** The paths of an Ingress that lead to a backend. */
function routesOf({ id, object }: DesignRecord, graph: Pick<ReferenceGraph, 'outgoing'>): readonly Route[] {
  const outgoing = graph.outgoing(id);
  if (!outgoing.some(isOfPath)) return NONE;
  const seen = new Set<string>();
  return outgoing.flatMap((reference): Route[] => {
    const { field } = reference.declaration;
    if (!isOfPath(reference)) return [];
    const at = field.slice(0, field.indexOf('paths') + 2);
    const place = at.join('/');
    if (seen.has(place)) return [];
    seen.add(place);
    const host = asName(valueAt(object, 'spec', 'rules', field[2]!, 'host')) ?? '*';
    const entry = valueAt(object, ...at);
    const path = asName(valueAt(entry, 'path')) ?? '/';
    const ingressClass = asName(valueAt(object, 'spec', 'ingressClassName')) ?? '';
    const key = [ingressClass, host, path, asName(valueAt(entry, 'pathType')) ?? ''].join(' ');
    return [{ key, at, host, path }];
  });
}

function isOfPath({ declaration: { type, field } }: ReturnType<ReferenceGraph['outgoing']>[number]): boolean {
  return type === 'backend' && field[1] === 'rules' && field.includes('paths');
}
