import { createStore } from 'zustand/vanilla';
import type { Command } from '../design/commands/command.ts';
import { withPlacements } from '../design/commands/move-placements.ts';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design, Picture, Placement, RecordId } from '../design/design.ts';
import { exportDesign } from '../design/export.ts';
import { isRefused } from '../design/edit-segment.ts';
import { designRegistry } from '../design/import.ts';
import { EMPTY_GRAPH } from '../design/resolve-references.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { designChange } from './design-change.ts';
import type { DocumentPort } from './document-port.ts';
import { createHistory } from './history.ts';
import { ImportSession } from './import-session.ts';
import { unpackReferences } from './packed-references.ts';
import type { FromDocument } from './protocol.ts';
import { applySceneChange } from './scene-change.ts';
import type { HistoryStep, Workspace, WorkspaceState } from './workspace.ts';

export interface WorkspaceParts {
  readonly port: DocumentPort;
  readonly kinds: KindRegistry;
}

/** The workspace of one page: joins the design, its history and the document thread. */
export function createWorkspace({ port, kinds }: WorkspaceParts): Workspace {
  const history = createHistory();
  const store = createStore<WorkspaceState>()(() => ({
    design: EMPTY_DESIGN,
    registry: kinds,
    graph: EMPTY_GRAPH,
    problems: [],
    picture: 'application',
    scene: { frames: [], cards: [], edges: [] },
    pending: false,
    selection: new Set<RecordId>(),
    import: { status: 'idle' },
    history: history.next,
    failure: undefined,
  }));
  const get = store.getState;
  let revision = 0;
  let posted = EMPTY_DESIGN;
  let ticket = 0;
  let session: ImportSession | undefined;
  /** Designs that the document thread still works on, with their kinds: its answers are read against them. */
  const asked = new Map<number, { readonly design: Design; readonly registry: KindRegistry }>();

  const ask = (design: Design, registry: KindRegistry, picture: Picture): void => {
    revision++;
    asked.set(revision, { design, registry });
    port.post({ type: 'change', revision, change: designChange(posted, design), picture });
    posted = design;
  };

  /** Shows what the history holds now. */
  const showMoment = (select?: readonly RecordId[]): void => {
    const { design } = history;
    const before = get();
    if (design === before.design && !select) return;
    const registry = sameCustomKinds(before.design, design) ? before.registry : designRegistry(design, kinds);
    const selection = new Set((select ?? [...before.selection]).filter((id) => design.records.has(id)));
    store.setState({ design, registry, selection, history: history.next, pending: true });
    ask(design, registry, before.picture);
  };

  const push = (design: Design, step: HistoryStep, select?: readonly RecordId[]): void => {
    history.push(design, step);
    showMoment(select);
  };

  const context = () => {
    const { design, registry, graph } = get();
    return { design, registry, graph };
  };

  const preview = <Arguments>(command: Command<Arguments>, args: Arguments) =>
    command.canRun(context(), args) ?? command.run(context(), args);

  port.listen((message: FromDocument) => {
    switch (message.type) {
      case 'ready':
        return;
      case 'derived': {
        const question = asked.get(message.revision);
        for (const known of asked.keys()) if (known <= message.revision) asked.delete(known);
        if (!question) return;
        const { references, problems, scene } = message.derived;
        store.setState((state) => ({
          graph: unpackReferences(references, question.design, question.registry),
          problems,
          scene: applySceneChange(state.scene, scene),
          pending: message.revision !== revision,
        }));
        return;
      }
      case 'importProgress':
        if (message.ticket !== session?.ticket) return;
        store.setState({ import: { status: 'running', ...pick(message) } });
        return;
      case 'importPart':
        if (message.ticket === session?.ticket) session.take(message.part);
        return;
      case 'imported':
        if (message.ticket !== session?.ticket) return;
        endImport(message.account);
        return;
      case 'tidied':
        if (message.ticket !== ticket) return;
        push(withAllPlacements(get().design, get().picture, message.placements), { id: 'layout.tidy', params: {} });
        return;
      case 'failed':
        session = undefined;
        store.setState({ failure: message.message, pending: false, import: { status: 'idle' } });
        return;
    }
  });

  const endImport = (account: Extract<FromDocument, { type: 'imported' }>['account']): void => {
    const ended = session!;
    session = undefined;
    if (!account.cancelled && !ended.isEmpty) {
      push(ended.addTo(get().design), {
        id: 'files.import',
        params: { files: account.files, objects: account.objects },
      });
    }
    store.setState({ import: { status: 'done', account } });
  };

  return {
    store,
    preview,
    run(command, args) {
      const outcome = preview(command, args);
      if (isRefused(outcome)) return outcome;
      push(outcome.design, outcome.description, outcome.select);
      return undefined;
    },
    undo: () => {
      history.undo();
      showMoment();
    },
    redo: () => {
      history.redo();
      showMoment();
    },
    importFiles(files) {
      session = new ImportSession(++ticket);
      store.setState({ import: { status: 'running', filesDone: 0, filesTotal: files.length, objects: 0 } });
      port.post({ type: 'import', ticket, files });
    },
    cancelImport() {
      if (!session) return;
      port.post({ type: 'cancelImport', ticket: session.ticket });
    },
    dismissImport: () => store.setState({ import: { status: 'idle' } }),
    exportFiles: ({ layout }) => exportDesign(get().design, layout),
    select: (ids) => store.setState({ selection: new Set(ids) }),
    showPicture(picture) {
      if (picture === get().picture) return;
      store.setState({ picture, pending: true });
      ask(get().design, get().registry, picture);
    },
    tidy: () => port.post({ type: 'tidy', ticket: ++ticket, picture: get().picture }),
    clear() {
      if (get().design.files.size === 0) return;
      push({ ...EMPTY_DESIGN, nextId: get().design.nextId }, { id: 'design.clear', params: {} }, []);
    },
    dismissFailure: () => store.setState({ failure: undefined }),
  };

  /** Kinds can only change when an object that defines kinds came, went or changed. */
  function sameCustomKinds(before: Design, after: Design): boolean {
    const definers = (design: Design): readonly unknown[] =>
      [...design.records.values()]
        .filter(({ object }) => object.kind === 'CustomResourceDefinition')
        .map(({ object }) => object);
    const [left, right] = [definers(before), definers(after)];
    return left.length === right.length && left.every((object, index) => object === right[index]);
  }
}

function withAllPlacements(
  design: Design,
  picture: Picture,
  placements: readonly (readonly [string, Placement])[],
): Design {
  const bare: Design = { ...design, placements: { ...design.placements, [picture]: new Map() } };
  return withPlacements(bare, picture, new Map(placements));
}

function pick({ filesDone, filesTotal, objects }: Extract<FromDocument, { type: 'importProgress' }>) {
  return { filesDone, filesTotal, objects };
}
