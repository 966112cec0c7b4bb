import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, numberAt, stringAt } from '../../../base/json.ts';

/** Port of addresses that have none. */
const NO_PORT: JsonObject = { port: -1 };
/** Most addresses of one Endpoints object. Source: endpoints_controller.go `maxCapacity`, 1.36. */
const MOST_ADDRESSES = 1000;

interface Address {
  readonly address: JsonObject;
  isReady: boolean;
}

/** One address at one port, with what both are filed under. */
export interface SubsetEntry {
  readonly portKey: string;
  readonly port: JsonObject;
  readonly addressKey: string;
  readonly address: JsonObject;
  readonly isReady: boolean;
}

/**
 * Subsets anew: ports that the same addresses offer stand together, each address once. An address that is ready for one of
 * its ports in one place and not in another is not ready. Ports and subsets are in the order of what they say, where
 * upstream orders them by a hash of it.
 * Source: pkg/api/v1/endpoints/util.go `RepackSubsets`, 1.36.
 */
export function repackSubsets(subsets: readonly JsonValue[]): readonly JsonObject[] {
  return repackEntries(subsets.flatMap(subsetEntries));
}

/** What a subset says, address by address. */
export function subsetEntries(subset: JsonValue): readonly SubsetEntry[] {
  const ports = arrayAt(subset, 'ports').filter(isJsonObject);
  return (ports.length === 0 ? [NO_PORT] : ports).flatMap((port) =>
    FIELDS.flatMap(([field, isReady]) =>
      arrayAt(subset, field)
        .filter(isJsonObject)
        .map((address) => ({ portKey: portKey(port), port, addressKey: addressKey(address), address, isReady })),
    ),
  );
}

export function repackEntries(entries: readonly SubsetEntry[]): readonly JsonObject[] {
  const byPort = new Map<string, { readonly port: JsonObject; readonly addresses: Map<string, Address> }>();
  const known = new Map<string, JsonObject>();
  for (const { portKey: key, port, addressKey: id, address, isReady } of entries) {
    let entry = byPort.get(key);
    if (entry === undefined) byPort.set(key, (entry = { port, addresses: new Map<string, Address>() }));
    const first = known.get(id);
    if (first === undefined) known.set(id, address);
    const before = entry.addresses.get(id);
    if (before === undefined) entry.addresses.set(id, { address: first ?? address, isReady });
    else before.isReady &&= isReady;
  }
  const groups = new Map<string, { readonly ports: JsonObject[]; readonly addresses: ReadonlyMap<string, Address> }>();
  for (const [, { port, addresses }] of [...byPort].sort(([a], [b]) => compareStrings(a, b))) {
    // Where there is one port, it is a group by itself.
    const key = byPort.size === 1 ? '' : addressesKey(addresses);
    const group = groups.get(key) ?? { ports: [], addresses };
    groups.set(key, group);
    if (port !== NO_PORT && (numberAt(port, 'port') ?? 0) > 0) group.ports.push(port);
  }
  return [...groups]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([, { ports, addresses }]) => {
      const sorted = [...addresses].sort(([a], [b]) => compareStrings(a, b)).map(([, entry]) => entry);
      const ready = sorted.filter(({ isReady }) => isReady).map(({ address }) => address);
      const notReady = sorted.filter(({ isReady }) => !isReady).map(({ address }) => address);
      return {
        ...(ready.length === 0 ? {} : { addresses: ready }),
        ...(notReady.length === 0 ? {} : { notReadyAddresses: notReady }),
        ...(ports.length === 0 ? {} : { ports }),
      };
    });
}

const FIELDS = [
  ['addresses', true],
  ['notReadyAddresses', false],
] as const;

function addressesKey(addresses: ReadonlyMap<string, Address>): string {
  return [...addresses]
    .map(([id, { isReady }]) => `${id} ${isReady}`)
    .sort(compareStrings)
    .join('\n');
}

function portKey(port: JsonObject): string {
  const number = String(numberAt(port, 'port') ?? 0).padStart(5, '0');
  return [number, stringAt(port, 'name') ?? '', stringAt(port, 'protocol') ?? '', stringAt(port, 'appProtocol')].join(
    ' ',
  );
}

function addressKey(address: JsonObject): string {
  return `${stringAt(address, 'ip') ?? ''} ${stringAt(address, 'targetRef', 'uid') ?? ''}`;
}

export function addressCount(subsets: readonly JsonValue[]): number {
  return subsets.reduce<number>(
    (sum, subset) => sum + arrayAt(subset, 'addresses').length + arrayAt(subset, 'notReadyAddresses').length,
    0,
  );
}

/**
 * As many addresses as an object may have, each subset its share, ready ones first; undefined where there are no more.
 * Source: endpoints_controller.go `truncateEndpoints`, 1.36.
 */
export function truncatedSubsets(subsets: readonly JsonObject[]): readonly JsonObject[] | undefined {
  const count = (field: string): number => subsets.reduce((sum, subset) => sum + arrayAt(subset, field).length, 0);
  const [ready, notReady] = [count('addresses'), count('notReadyAddresses')];
  if (ready + notReady <= MOST_ADDRESSES) return undefined;
  const cutsReady = ready > MOST_ADDRESSES;
  const [field, total, most] = cutsReady
    ? (['addresses', ready, MOST_ADDRESSES] as const)
    : (['notReadyAddresses', notReady, MOST_ADDRESSES - ready] as const);
  let left = most;
  return subsets.map((subset) => {
    const { notReadyAddresses, ...rest } = subset;
    const all = arrayAt(subset, field);
    const kept = all.slice(0, Math.min(left, Math.ceil((all.length * most) / total)));
    left -= kept.length;
    if (cutsReady) return { ...rest, addresses: kept };
    return { ...rest, ...(kept.length === 0 || notReadyAddresses === undefined ? {} : { notReadyAddresses: kept }) };
  });
}
