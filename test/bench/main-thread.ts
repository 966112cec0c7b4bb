import { deserialize, serialize } from 'node:v8';
import { COMMANDS } from '../../src/design/commands/index.ts';
import type { RecordId } from '../../src/design/design.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { createWorkspace } from '../../src/workspace/create-workspace.ts';
import { DocumentHost } from '../../src/workspace/document-host.ts';
import type { DocumentPort } from '../../src/workspace/document-port.ts';
import type { FromDocument, ToDocument } from '../../src/workspace/protocol.ts';
import { gridKernel } from '../../src/workspace/testing/grid-kernel.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { generatedManifests } from './generated-manifests.ts';
import { table } from './measure.ts';

/** How long the page's thread was busy with one thing, at most and how often. */
class Steps {
  private readonly byName = new Map<string, { count: number; longestMs: number; totalMs: number }>();

  time<Result>(name: string, work: () => Result): Result {
    const startedMs = performance.now();
    const result = work();
    const tookMs = performance.now() - startedMs;
    const step = this.byName.get(name) ?? { count: 0, longestMs: 0, totalMs: 0 };
    this.byName.set(name, {
      count: step.count + 1,
      longestMs: Math.max(step.longestMs, tookMs),
      totalMs: step.totalMs + tookMs,
    });
    return result;
  }

  get rows(): string[][] {
    return [...this.byName].map(([name, { count, longestMs, totalMs }]) => [
      name,
      String(count),
      longestMs.toFixed(1),
      totalMs.toFixed(1),
    ]);
  }
}

/** A line to a host in this thread whose work is not counted; copying messages is, as a page has to do it. */
function countedPort(steps: Steps, label: () => string): DocumentPort {
  const handlers: ((message: FromDocument) => void)[] = [];
  const later = (work: () => void): void => void setImmediate(work);
  const host = new DocumentHost({
    post: (message) => {
      const copied = serialize(message);
      later(() =>
        steps.time(`${label()} ← ${message.type}`, () => {
          const received = deserialize(copied) as FromDocument;
          for (const handler of handlers) handler(received);
        }),
      );
    },
    pause: () => new Promise((resolve) => later(resolve)),
    nowMs: () => performance.now(),
    kernel: gridKernel,
    kinds: BUILT_IN_KINDS,
  });
  return {
    post: (message) => {
      const copied = steps.time(`${label()} → ${message.type}`, () => serialize(message));
      later(() => host.receive(deserialize(copied) as ToDocument));
    },
    listen: (handler) => void handlers.push(handler),
    close: () => handlers.splice(0),
  };
}

async function settled({ store }: Workspace): Promise<void> {
  for (let quiet = 0; quiet < 5;) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const { pending, import: state } = store.getState();
    quiet = pending || state.status === 'running' ? 0 : quiet + 1;
  }
}

/**
 * What the page's thread is held up by while 10,000 objects are imported and worked on; the aim is at most 50 ms a step.
 * Drawing is not in it.
 */
export async function mainThreadTable(objects: number): Promise<string> {
  const steps = new Steps();
  let label = 'import';
  const workspace = createWorkspace({ port: countedPort(steps, () => label), kinds: BUILT_IN_KINDS });
  const at = (): RecordId => [...workspace.store.getState().design.records.keys()][Math.floor(objects / 2)]!;
  const act = async (name: string, work: () => unknown): Promise<void> => {
    label = name;
    steps.time(name, work);
    await settled(workspace);
  };
  const content = generatedManifests(objects);
  await act('import', () => workspace.importFiles([{ path: 'big.yaml', content }]));
  await act('look at one card', () => {
    const { graph } = workspace.store.getState();
    return [graph.outgoing(at()), graph.incoming(at())];
  });
  await act('edit a field', () =>
    workspace.run(COMMANDS.editField, {
      record: at(),
      edits: [{ op: 'set', path: ['metadata', 'annotations', 'a'], value: 'b' }],
    }),
  );
  await act('rename', () => workspace.run(COMMANDS.renameRecord, { record: at(), name: 'renamed' }));
  await act('move a card', () =>
    workspace.run(COMMANDS.movePlacements, {
      picture: 'application',
      placements: new Map([[at(), { x: 5, y: 5 }]]),
    }),
  );
  await act('delete', () => workspace.run(COMMANDS.deleteRecords, { records: [at()] }));
  await act('undo', () => workspace.undo());
  await act('export', () => workspace.exportFiles({ layout: 'keep' }));
  await act('empty the canvas', () => workspace.clear());
  await act('undo that', () => workspace.undo());
  return table([['step of the page, ' + `${objects} objects`, 'times', 'longest ms', 'total ms'], ...steps.rows]);
}
