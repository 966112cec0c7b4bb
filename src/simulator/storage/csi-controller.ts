import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';
import type { DriverAnswer, DriverSnapshots } from './driver-snapshots.ts';
import { SNAPSHOT_METHODS, carryOutSnapshot, snapshotCallMs, unusableSnapshot } from './driver-snapshots.ts';

export const CSI_CONTROLLER = 'csi-controller';

/** What a driver knows of its volumes: on which Nodes each is, by handle, and which snapshots there are. */
interface CsiControllerState {
  readonly published: Map<string, readonly string[]>;
  readonly snapshots: DriverSnapshots;
  readonly open: Map<number, { readonly from: ComponentId; readonly call: CallMessage }>;
}

const DONE = 'done';

/** What of it lies with the cloud, and not with the process. */
interface Kept {
  readonly published: readonly (readonly [string, readonly string[]])[];
  readonly snapshots: readonly (readonly [string, DriverSnapshots extends Map<string, infer One> ? One : never])[];
}

/**
 * The part of drivers that runs once in a cluster, for all of them: makes volumes and snapshots of them, attaches volumes
 * to machines and takes them off, past the machines themselves, and makes them larger. It lets no second Node have a volume
 * that only one may have.
 * Source: github.com/container-storage-interface/spec spec.md, `Controller Service RPC`, v1.11.
 */
export const csiController: ComponentDefinition<CsiControllerState> = {
  kind: 'csi-controller',
  start: (_context, _settings, kept) => ({
    published: new Map((kept as Kept | undefined)?.published),
    snapshots: new Map((kept as Kept | undefined)?.snapshots),
    open: new Map(),
  }),
  keeps: ({ published, snapshots }): Kept => ({ published: [...published], snapshots: [...snapshots] }),
  handle(state, event, context) {
    if (event.type === 'timer') {
      const id = event.data as number;
      const found = state.open.get(id);
      state.open.delete(id);
      if (found !== undefined) answer(found.from, found.call, carryOut(state, found.call, context), context);
    } else if (event.message.type === 'call') {
      const id = context.next('call');
      state.open.set(id, { from: event.from, call: event.message });
      context.timer(durationMs(state, event.message, context.numbers.storage), DONE, id);
    }
  },
};

function durationMs({ snapshots }: CsiControllerState, asked: CallMessage, numbers: ReleaseNumbers['storage']): number {
  if (SNAPSHOT_METHODS.has(asked.method)) return snapshotCallMs(snapshots, asked, numbers);
  if (asked.method === 'CreateVolume') return numbers.createVolumeMs;
  if (asked.method === 'ControllerExpandVolume') return numbers.expandMs;
  return asked.method === 'ControllerPublishVolume' ? numbers.publishMs : numbers.unpublishMs;
}

const NOTHING: DriverAnswer = Object.freeze({ result: Object.freeze({}) });

function carryOut({ published, snapshots }: CsiControllerState, asked: CallMessage, context: Context): DriverAnswer {
  const { method, parameters } = asked;
  if (SNAPSHOT_METHODS.has(method)) return carryOutSnapshot(snapshots, asked, context.nowMs, context.numbers.storage);
  if (method === 'CreateVolume') {
    const error = unusableSnapshot(snapshots, String(parameters['snapshotId'] ?? ''));
    return error === undefined ? NOTHING : { error };
  }
  if (method === 'ControllerExpandVolume') return NOTHING;
  const volume = String(parameters['volume']);
  const node = String(parameters['node']);
  const nodes = published.get(volume) ?? [];
  if (method === 'ControllerUnpublishVolume') {
    published.set(
      volume,
      nodes.filter((other) => other !== node),
    );
    return NOTHING;
  }
  if (nodes.includes(node)) return NOTHING;
  if (parameters['isSingleNode'] === true && nodes.length > 0)
    return {
      error: `rpc error: code = FailedPrecondition desc = volume ${volume} is attached to node ${nodes.join(', ')}`,
    };
  published.set(volume, [...nodes, node]);
  return NOTHING;
}

function answer(to: ComponentId, { id, method }: CallMessage, given: DriverAnswer, context: Context): void {
  const isDone = 'result' in given;
  const result = Object.freeze(isDone ? given.result : given);
  context.send(to, { type: 'answer', id, method, ok: isDone, result }, { class: 'csi', verb: method, detail: result });
}
