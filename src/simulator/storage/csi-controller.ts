import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';

export const CSI_CONTROLLER = 'csi-controller';

/** What a driver knows of its volumes: on which Nodes each is, by handle. */
interface CsiControllerState {
  readonly published: Map<string, readonly string[]>;
  readonly open: Map<number, { readonly from: ComponentId; readonly call: CallMessage }>;
}

const DONE = 'done';

/**
 * The part of drivers that runs once in a cluster, for all of them: attaches volumes to machines and takes them off, past
 * the machines themselves, and makes them larger. It lets no second Node have a volume that only one may have.
 * Source: github.com/container-storage-interface/spec spec.md, `Controller Service RPC`, v1.11.
 */
export const csiController: ComponentDefinition<CsiControllerState> = {
  kind: 'csi-controller',
  start: (_context, _settings, kept) => ({
    // Where disks are lies with the cloud, not with the process.
    published: new Map(kept as readonly (readonly [string, readonly string[]])[] | undefined),
    open: new Map(),
  }),
  keeps: ({ published }) => [...published],
  handle(state, event, context) {
    if (event.type === 'timer') {
      const id = event.data as number;
      const found = state.open.get(id);
      state.open.delete(id);
      if (found !== undefined) answer(found.from, found.call, carryOut(state, found.call), context);
    } else if (event.message.type === 'call') {
      const id = context.next('call');
      state.open.set(id, { from: event.from, call: event.message });
      context.timer(durationMs(event.message.method, context.numbers.storage), DONE, id);
    }
  },
};

function durationMs(method: string, { publishMs, unpublishMs, expandMs }: ReleaseNumbers['storage']): number {
  if (method === 'ControllerExpandVolume') return expandMs;
  return method === 'ControllerPublishVolume' ? publishMs : unpublishMs;
}

/** Undefined where it is done, else why it cannot be. */
function carryOut({ published }: CsiControllerState, { method, parameters }: CallMessage): string | undefined {
  if (method === 'ControllerExpandVolume') return undefined;
  const volume = String(parameters['volume']);
  const node = String(parameters['node']);
  const nodes = published.get(volume) ?? [];
  if (method === 'ControllerUnpublishVolume') {
    published.set(
      volume,
      nodes.filter((other) => other !== node),
    );
    return undefined;
  }
  if (nodes.includes(node)) return undefined;
  if (parameters['isSingleNode'] === true && nodes.length > 0)
    return `rpc error: code = FailedPrecondition desc = volume ${volume} is attached to node ${nodes.join(', ')}`;
  published.set(volume, [...nodes, node]);
  return undefined;
}

function answer(to: ComponentId, { id, method }: CallMessage, error: string | undefined, context: Context): void {
  const result = Object.freeze(error === undefined ? {} : { error });
  context.send(
    to,
    { type: 'answer', id, method, ok: error === undefined, result },
    { class: 'csi', verb: method, detail: result },
  );
}
