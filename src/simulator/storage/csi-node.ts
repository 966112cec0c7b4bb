import type { ComponentDefinition, ComponentId } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { CsiDriver } from './csi-driver.ts';
import { NODE_GET_INFO } from './csi-driver.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';

interface CsiNodeSettings {
  readonly machine: string;
  readonly drivers: readonly CsiDriver[];
}

interface CsiNodeState {
  readonly settings: CsiNodeSettings;
  readonly open: Map<number, { readonly from: ComponentId; readonly call: CallMessage }>;
}

const DONE = 'done';

/**
 * The part of drivers that runs on each Node, for all of them: mounts volumes for the kubelet, which calls it over a socket.
 * Source: github.com/container-storage-interface/spec spec.md, `Node Service RPC`, v1.11.
 */
export const csiNode: ComponentDefinition<CsiNodeState> = {
  kind: 'csi-node',
  start: (_context, settings) => ({ settings: Object.freeze(settings as CsiNodeSettings), open: new Map() }),
  handle(state, event, context) {
    if (event.type === 'message') {
      if (event.message.type !== 'call') return;
      const id = context.next('call');
      state.open.set(id, { from: event.from, call: event.message });
      return context.timer(durationMs(event.message.method, context.numbers.storage), DONE, id);
    }
    const found = state.open.get(event.data as number);
    state.open.delete(event.data as number);
    if (found === undefined) return;
    const { id, method } = found.call;
    const result = Object.freeze(method === NODE_GET_INFO ? infoOf(state.settings, found.call) : {});
    context.send(
      found.from,
      { type: 'answer', id, method, ok: true, result },
      { class: 'csi', verb: method, detail: result },
    );
  },
};

function infoOf({ machine, drivers }: CsiNodeSettings, { parameters }: CallMessage): Readonly<Record<string, unknown>> {
  const most = drivers.find(({ name }) => name === parameters['driver'])?.volumesPerNode;
  return { nodeId: machine, ...(most === undefined ? {} : { maxVolumesPerNode: most }) };
}

function durationMs(method: string, { stageMs, mountMs, expandMs }: ReleaseNumbers['storage']): number {
  if (method === 'NodeExpandVolume') return expandMs;
  return method === 'NodeStageVolume' || method === 'NodeUnstageVolume' ? stageMs : mountMs;
}
