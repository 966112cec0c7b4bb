import type { JsonValue } from '../../base/json.ts';
import type { NodePool } from '../clusterautoscaler/node-pool.ts';
import { NUMBERS_1_36 } from '../release/1.36.ts';
import type { NodeSize } from '../topology.ts';
import type { GivenSize, PriceList } from './prices.ts';
import { SIZE_SHAPE, sizeOf } from './prices.ts';
import { duration, integer, listOf, objectOf, text } from './read-shape.ts';
import type { StepReader } from './request-step.ts';

const POOLS = listOf(
  objectOf({
    ...SIZE_SHAPE,
    size: { read: text },
    min: { read: integer },
    max: { read: integer },
    nodes: { read: integer },
    stock: { read: integer },
    boot: { as: 'bootMs', read: duration },
  }),
);

interface GivenPool extends GivenSize {
  readonly size?: string;
  readonly min?: number;
  readonly max?: number;
  readonly nodes?: number;
  readonly stock?: number;
  readonly bootMs?: number;
}

/** Most machines of a pool, where the script does not say. */
const MOST = 10;

/**
 * `topology.pools` of a script: each pool has a `size` of the price list, or says of itself what its machines are like, as
 * a size does. It begins with `nodes` machines, `min` where left out.
 *
 * @example
 * topology:
 *   pools:
 *   - {name: web, size: small, min: 1, max: 10, boot: 45s}
 *   - {name: gpu, cpu: "8", memory: 64Gi, capacity: {nvidia.com/gpu: "1"}, min: 0, max: 4, stock: 2}
 */
export function readPools(
  value: JsonValue | undefined,
  prices: PriceList | undefined,
  reader: StepReader,
): readonly NodePool[] {
  if (value === undefined) return [];
  const given = (POOLS(value, 'topology.pools', reader) as readonly GivenPool[] | undefined) ?? [];
  const pools = given.flatMap((pool, index) => poolOf(pool, `topology.pools[${index}]`, prices, reader) ?? []);
  const repeated = pools.findIndex(({ name }, index) => pools.findIndex((other) => other.name === name) < index);
  if (repeated < 0) return pools;
  reader.problem('script.repeated', `topology.pools[${repeated}].name`, { name: pools[repeated]!.name });
  return [];
}

function poolOf(
  given: GivenPool,
  field: string,
  prices: PriceList | undefined,
  reader: StepReader,
): NodePool | undefined {
  const { name, min = 0, max = Math.max(MOST, min), stock, bootMs = NUMBERS_1_36.nodePools.bootMs } = given;
  const { nodes = min } = given;
  // It is part of the names of Nodes.
  if (name === undefined || !/^[a-z0-9](?:[-a-z0-9]{0,50}[a-z0-9])?$/.test(name))
    return reader.problem('script.type', `${field}.name`, { type: 'DNS label' });
  if (min < 0 || max < min)
    return reader.problem('script.refused', `${field}.max`, { message: `must be at least ${min}` });
  if (nodes < 0 || nodes > max)
    return reader.problem('script.refused', `${field}.nodes`, { message: `must be between 0 and ${max}` });
  const size = given.size === undefined ? sizeOf(given, field, reader) : known(given.size, prices);
  if (size === undefined)
    return reader.problem('script.parameter', `${field}.size`, {
      known: (prices?.nodes ?? []).map((one) => one.name).join(', '),
    });
  return { name, size, min, max, nodes, bootMs, ...(stock === undefined ? {} : { stock }) };
}

function known(name: string, prices: PriceList | undefined): NodeSize | undefined {
  return prices?.nodes.find((size) => size.name === name);
}
