import type { ComponentDefinition, ComponentId } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';

interface CsiNodeState {
  readonly open: Map<number, { readonly from: ComponentId; readonly call: CallMessage }>;
}

const DONE = 'done';

/**
 * The part of drivers that runs on each Node, for all of them: mounts volumes for the kubelet, which calls it over a socket.
 * Source: github.com/container-storage-interface/spec spec.md, `Node Service RPC`, v1.11.
 */
export const csiNode: ComponentDefinition<CsiNodeState> = {
  kind: 'csi-node',
  start: () => ({ open: new Map() }),
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
    context.send(
      found.from,
      { type: 'answer', id, method, ok: true, result: Object.freeze({}) },
      { class: 'csi', verb: method, detail: {} },
    );
  },
};

function durationMs(method: string, { stageMs, mountMs, expandMs }: ReleaseNumbers['storage']): number {
  if (method === 'NodeExpandVolume') return expandMs;
  return method === 'NodeStageVolume' || method === 'NodeUnstageVolume' ? stageMs : mountMs;
}
