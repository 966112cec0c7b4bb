import type { JsonValue } from '../../base/json.ts';
import type { NodeSize, NodeTaint } from '../topology.ts';
import type { Read, Shape } from './read-shape.ts';
import { labels, listOf, objectOf, text } from './read-shape.ts';
import { quantityOf } from '../../apimachinery/quantity.ts';
import type { StepReader } from './request-step.ts';

/** What machines, volumes and load balancers cost, as somebody who rents them is told. */
export interface PriceList {
  /** `USD`, `EUR`, `CNY`: only ever shown. */
  readonly currency: string;
  /** Machines that can be had. */
  readonly nodes: readonly PricedSize[];
  /** Of each Service of type LoadBalancer that has one. */
  readonly loadBalancerPerHour: number;
  /** Of each GiB of each PersistentVolume. */
  readonly storagePerGiBMonth: number;
}

export interface PricedSize extends NodeSize {
  readonly perHour: number;
}

/** A price: zero or more, as a number or as the text of one. */
const price: Read = (value, field, reader) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0
    ? number
    : reader.problem('script.type', field, { type: 'number' });
};

/** A quantity, kept as it is written. */
const amount: Read = (value, field, reader) =>
  quantityOf(value) === undefined ? reader.problem('script.type', field, { type: 'quantity' }) : String(value);

/** The fields that say what a machine is like. */
export const SIZE_SHAPE: Shape = {
  name: { read: text },
  cpu: { read: amount },
  memory: { read: amount },
  pods: { read: amount },
  storage: { as: 'ephemeral-storage', read: amount },
  capacity: { read: labels },
  labels: { read: labels },
  taints: { read: listOf(objectOf({ key: { read: text }, value: { read: text }, effect: { read: text } })) },
  zones: { read: listOf(text) },
};

const SIZE = objectOf({ ...SIZE_SHAPE, perHour: { read: price } });

const LIST = objectOf({
  currency: { read: text },
  nodes: { read: listOf(SIZE) },
  loadBalancerPerHour: { read: price },
  storagePerGiBMonth: { read: price },
});

export interface GivenSize extends Readonly<Record<string, unknown>> {
  readonly name?: string;
  readonly capacity?: NodeSize['capacity'];
  readonly labels?: NodeSize['labels'];
  readonly taints?: readonly NodeTaint[];
  readonly zones?: readonly string[];
  readonly perHour?: number;
}

/**
 * `prices` of a script.
 *
 * @example
 * prices:
 *   currency: USD
 *   loadBalancerPerHour: 0.025
 *   nodes:
 *   - {name: small, cpu: "2", memory: 8Gi, perHour: 0.10}
 *   - {name: gpu, cpu: "8", memory: 64Gi, capacity: {nvidia.com/gpu: "1"}, zones: [a, b], perHour: 1.2}
 */
export function readPrices(value: JsonValue | undefined, reader: StepReader): PriceList | undefined {
  if (value === undefined) return undefined;
  const given = LIST(value, 'prices', reader) as
    | (Partial<Omit<PriceList, 'nodes'>> & { readonly nodes?: readonly GivenSize[] })
    | undefined;
  if (given === undefined) return undefined;
  const { currency = 'USD', nodes = [], loadBalancerPerHour = 0, storagePerGiBMonth = 0 } = given;
  const sizes = nodes.flatMap((size, index) => {
    const read = sizeOf(size, `prices.nodes[${index}]`, reader);
    return read === undefined ? [] : [{ ...read, perHour: size.perHour ?? 0 }];
  });
  const repeated = sizes.findIndex(({ name }, index) => sizes.findIndex((other) => other.name === name) < index);
  if (repeated >= 0)
    reader.problem('script.repeated', `prices.nodes[${repeated}].name`, { name: sizes[repeated]!.name });
  return { currency, nodes: sizes, loadBalancerPerHour, storagePerGiBMonth };
}

const SIMPLE = ['cpu', 'memory', 'pods', 'ephemeral-storage'];

/** A size of what was read by `SIZE_SHAPE`. */
export function sizeOf(given: GivenSize, field: string, reader: StepReader): NodeSize | undefined {
  const { name, capacity = {}, labels: own = {}, taints = [], zones = [] } = given;
  if (name === undefined) return reader.problem('script.type', `${field}.name`, { type: 'string' });
  const simple = SIMPLE.flatMap((resource) => {
    const value = given[resource];
    return typeof value === 'string' ? [[resource, value] as const] : [];
  });
  return { name, capacity: { ...capacity, ...Object.fromEntries(simple) }, labels: own, taints, zones };
}
