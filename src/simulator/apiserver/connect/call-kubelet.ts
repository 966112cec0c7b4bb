import type { ComponentId } from '../../component.ts';
import type { ApiRequest } from '../../messages.ts';
import type { Server } from '../state.ts';

/** A request that somebody else has to answer. Never changes. */
export interface Connection {
  readonly from: ComponentId;
  readonly request: ApiRequest;
  /** The Node whose kubelet answers; undefined where a request is sent over the network. */
  readonly node: string | undefined;
  /** What admission has warned of. */
  readonly warnings?: readonly string[];
  /** The kubelet has begun to answer. */
  readonly isOpen?: true;
  /** Address and port to which a request was sent over the network. */
  readonly dialed?: string;
}

/** Name of the timer after which a kubelet that has not answered is taken to be away. */
export const CONNECT_TIMEOUT = 'connect-timeout';

/** Keeps who asked until the answer comes; gives the number of the call. */
export function keepConnection({ state, context }: Server, connection: Connection): number {
  const id = context.next('connection');
  state.connections.set(id, Object.freeze(connection));
  return id;
}

/** What a kubelet is asked for: `GET /containerLogs`, its parameters, and what of it the trace tells. */
interface KubeletCall {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly object?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Asks the kubelet of a Node on behalf of a client; its answers come to `connected`. */
export function callKubelet(
  server: Server,
  { from, request, node, warnings }: Connection & { readonly node: string },
  { method, parameters, object, detail }: KubeletCall,
): void {
  const { context } = server;
  const warned = warnings === undefined || warnings.length === 0 ? {} : { warnings };
  const id = keepConnection(server, { from, request, node, ...warned });
  context.send(
    `kubelet/${node}`,
    { type: 'call', id, method, parameters },
    { class: 'request', verb: method, ...(object === undefined ? {} : { object }), detail },
  );
  context.timer(context.numbers.apiServer.dialTimeoutMs, CONNECT_TIMEOUT, id);
}
