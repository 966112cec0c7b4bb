import type { ClientLimits } from '../client/client-limits.ts';
import { LIMITED_CLIENTS } from '../client/client-limits.ts';
import type { Read } from './read-shape.ts';
import { integer, objectOf } from './read-shape.ts';

/** The shortest time of the simulation is a millisecond. */
const MOST_QPS = 1000;

const LIMIT = objectOf({ qps: { read: integer }, burst: { read: integer } });

const limit: Read = (value, field, reader) => {
  const given = LIMIT(value, field, reader) as Partial<{ qps: number; burst: number }> | undefined;
  if (given === undefined) return undefined;
  const { qps, burst = qps } = given;
  if (qps === undefined || qps < 1 || qps > MOST_QPS)
    return reader.problem('script.refused', `${field}.qps`, { message: `must be between 1 and ${MOST_QPS}` });
  if (burst === undefined || burst < 1)
    return reader.problem('script.refused', `${field}.burst`, { message: 'must be 1 or more' });
  return { qps, burst };
};

const LIMITS = objectOf(Object.fromEntries(LIMITED_CLIENTS.map((client) => [client, { read: limit }])));

/**
 * `options.clientLimits` of a script: how fast clients may ask the API server, as large clusters set it by flags.
 *
 * @example
 * options: {clientLimits: {kube-controller-manager: {qps: 100, burst: 100}, kube-scheduler: {qps: 100, burst: 100}}}
 */
export const clientLimits: Read = (value, field, reader) => LIMITS(value, field, reader) as ClientLimits | undefined;
