import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { IP_FAMILIES } from '../network/addresses.ts';
import type { TrafficOrder } from '../network/traffic.ts';
import type { ScriptProblem, ScriptProblemId } from './script.ts';

/** How the reader of a script tells what is wrong, and reads a duration. */
export interface StepReader {
  problem(id: ScriptProblemId, field: string, params: ScriptProblem['params']): undefined;
  duration(value: JsonValue | undefined, field: string): number | undefined;
}

const FIELDS = ['name', 'from', 'to', 'port', 'protocol', 'path', 'timeout', 'rate', 'for', 'slow', 'host', 'ipFamily'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const SENDER = /^(?:outside|Node\/\/[^/]+|Pod\/[^/]+\/[^/]+)$/;
/** What curl and most clients wait at most is up to them: this is what the simulation takes. */
const TIMEOUT_MS = 5000;
const MOST_RATE = 1000;

/**
 * `request: {name: shoppers, from: Pod/shop/cart-*, to: web, port: 80, rate: 10, for: 30s, slow: 500ms}`. At a rate without
 * `for` they go on until a step `endRequests: shoppers`.
 */
export function readRequest(value: JsonValue | undefined, field: string, reader: StepReader): TrafficOrder | undefined {
  if (!isJsonObject(value)) return reader.problem('script.type', field, { type: 'object' });
  for (const key of Object.keys(value))
    if (!FIELDS.includes(key)) reader.problem('script.unknownField', `${field}.${key}`, { known: FIELDS.join(', ') });
  const text = (key: string, otherwise?: string): string | undefined => {
    const own = value[key] ?? otherwise;
    return typeof own === 'string' && own !== ''
      ? own
      : reader.problem('script.type', `${field}.${key}`, { type: 'string' });
  };
  const [from, to, path, protocol] = [text('from', 'outside'), text('to'), text('path', '/'), text('protocol', 'TCP')];
  const port = whole(value, 'port', 80, 65_535, field, reader);
  const timeoutMs = value['timeout'] === undefined ? TIMEOUT_MS : reader.duration(value['timeout'], `${field}.timeout`);
  if (from !== undefined && !SENDER.test(from))
    return reader.problem('script.sender', `${field}.from`, { example: 'Pod/shop/cart-*, Node//w1, outside' });
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    return reader.problem('script.parameter', `${field}.protocol`, { known: PROTOCOLS.join(', ') });
  const family = IP_FAMILIES.find((known) => known === value['ipFamily']);
  if (value['ipFamily'] !== undefined && family === undefined)
    return reader.problem('script.parameter', `${field}.ipFamily`, { known: IP_FAMILIES.join(', ') });
  if (from === undefined || to === undefined || path === undefined || protocol === undefined) return undefined;
  const [host, name] = ['host', 'name'].map((key) => (value[key] === undefined ? undefined : text(key)));
  const slowMs = value['slow'] === undefined ? undefined : reader.duration(value['slow'], `${field}.slow`);
  if (port === undefined || timeoutMs === undefined) return undefined;
  const order = {
    from,
    to,
    port,
    path,
    timeoutMs,
    protocol: protocol.toLowerCase() as TrafficOrder['protocol'],
    ...(family === undefined ? {} : { ipFamily: family }),
    ...(slowMs === undefined ? {} : { slowMs }),
    ...(host === undefined ? {} : { host }),
    ...(name === undefined ? {} : { name }),
  };
  if (value['rate'] === undefined && value['for'] === undefined) return order;
  const rate = whole(value, 'rate', 1, MOST_RATE, field, reader);
  if (value['for'] === undefined) return rate === undefined ? undefined : { ...order, rate };
  const forMs = reader.duration(value['for'], `${field}.for`);
  return rate === undefined || forMs === undefined ? undefined : { ...order, rate, forMs };
}

function whole(
  value: JsonObject,
  key: string,
  otherwise: number,
  most: number,
  field: string,
  reader: StepReader,
): number | undefined {
  const own = value[key] ?? otherwise;
  if (typeof own === 'number' && Number.isInteger(own) && own >= 1 && own <= most) return own;
  return reader.problem('script.number', `${field}.${key}`, { least: '1', most: String(most) });
}
