import { createStore } from 'zustand/vanilla';
import { rememberPair } from '../base/remember-pair.ts';
import type { Command, CommandContext, CommandRefusal } from '../design/commands/command.ts';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design, Picture, RecordId } from '../design/design.ts';
import { isRefused } from '../design/edit-segment.ts';
import { exportDesign } from '../design/export.ts';
import { designRegistry, rescope } from '../design/import.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import { EMPTY_GRAPH } from '../design/resolve-references.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import { changesKinds } from './custom-kinds.ts';
import { NO_BASELINE, broughtBaseline, exportedBaseline } from './baseline.ts';
import type { DocumentPort } from './document-port.ts';
import { FreshGraph } from './fresh-graph.ts';
import { createHistory } from './history.ts';
import { ImportQueue } from './import-queue.ts';
import { joinImport } from './join-import.ts';
import { Outbox } from './outbox.ts';
import { unpackReferences } from './packed-references.ts';
import { pinPlacements } from './pin-placements.ts';
import { replacedFiles } from './replaced-files.ts';
import { applyProblemsChange } from './problems-change.ts';
import type { FromDocument } from './protocol.ts';
import { applySceneChange } from './scene-change.ts';
import { TidyRequest } from './tidy-request.ts';
import type { HistoryStep, Judge, Workspace, WorkspaceState } from './workspace.ts';

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
    judged: { done: 0, total: 0 },
    picture: 'application',
    release: PINNED_RELEASE,
    scene: { frames: [], cards: [], edges: [] },
    pending: false,
    selection: new Set<RecordId>(),
    import: { status: 'idle' },
    baseline: NO_BASELINE,
    history: history.next,
    failure: undefined,
  }));
  const get = store.getState;
  const kindsChange = rememberPair((before: Design, after: Design) => changesKinds(before, after, kinds));
  const outbox = new Outbox(port);
  const graphs = new FreshGraph();
  const imports = new ImportQueue(outbox, (state) => store.setState({ import: state }));
  const tidying = new TidyRequest(outbox);
  let revision = 0;
  let judge: Judge | undefined;
  /** Counts up over undo too, so that the name of a record that was undone is never given to another. */
  let nextId = EMPTY_DESIGN.nextId;
  /** Designs that the document thread still works on, with their kinds: its answers are read against them. */
  const asked = new Map<number, { readonly design: Design; readonly registry: KindRegistry }>();

  /** Shows what the history holds now. `imported` says that the document thread has it already. */
  const showMoment = (select?: readonly RecordId[], imported?: number): void => {
    const { design } = history;
    const before = get();
    nextId = Math.max(nextId, design.nextId);
    if (design === before.design) {
      if (select) store.setState({ selection: new Set(select) });
      return;
    }
    const registry = kindsChange(before.design, design) ? designRegistry(design, kinds) : before.registry;
    const selection = new Set((select ?? [...before.selection]).filter((id) => design.records.has(id)));
    revision++;
    asked.set(revision, { design, registry });
    store.setState({ design, registry, selection, history: history.next, pending: true });
    if (imported === undefined) outbox.tell(revision, design, before.picture);
    else outbox.tellImport(revision, design, before.picture, imported);
  };

  /** Asks once more what follows from the design, which did not change. */
  const askAgain = (picture: Picture): void => {
    const { design, registry } = get();
    revision++;
    asked.set(revision, { design, registry });
    store.setState({ picture, pending: true });
    outbox.tell(revision, design, picture);
  };

  const push = (design: Design, step: HistoryStep, select?: readonly RecordId[]): CommandRefusal | undefined => {
    const { design: before } = get();
    const refusal = judge?.(before, design);
    if (refusal) return refusal;
    const scoped = kindsChange(before, design) ? rescope(design, designRegistry(design, kinds)) : design;
    history.push(scoped, step);
    showMoment(select);
    return undefined;
  };

  const freshReferences = (): ReferenceGraph => graphs.of(get().design, get().registry);

  const context = (): CommandContext => {
    const { design, registry } = get();
    return {
      design: design.nextId < nextId ? { ...design, nextId } : design,
      registry,
      get graph() {
        return freshReferences();
      },
    };
  };

  const preview = <Arguments>(command: Command<Arguments>, args: Arguments) => {
    const now = context();
    return command.canRun(now, args) ?? command.run(now, args);
  };

  const takeImport = (message: Extract<FromDocument, { type: 'imported' }>): void => {
    const ended = imports.end(message);
    if (!ended) return;
    const { session, account } = ended;
    if (session.files.length > 0 && !account.cancelled) {
      const params = { files: account.files, objects: account.objects };
      const { design: known, baseline } = get();
      const joined = joinImport(known, session, kinds);
      if (!session.opens && judge?.(known, joined)) return imports.startNext();
      store.setState({ baseline: broughtBaseline(session.opens ? NO_BASELINE : baseline, known, joined) });
      if (session.opens) history.begin(joined);
      else history.push(joined, { id: 'files.import', params });
      showMoment(undefined, session.ticket);
    }
    imports.startNext();
  };

  port.listen((message: FromDocument) => {
    switch (message.type) {
      case 'ready':
        return;
      case 'derivedPart':
        store.setState((state) => ({ scene: applySceneChange(state.scene, message.scene) }));
        return;
      case 'derived': {
        const question = asked.get(message.revision);
        for (const known of asked.keys()) if (known <= message.revision) asked.delete(known);
        if (!question) return;
        const { references, problems, judged, scene } = message.derived;
        const graph = unpackReferences(references, question.design, question.registry);
        graphs.answered(question.design, graph);
        store.setState((state) => ({
          graph,
          problems: applyProblemsChange(state.problems, problems),
          judged,
          scene: applySceneChange(state.scene, scene),
          pending: message.revision !== revision,
        }));
        return;
      }
      case 'problemsPart':
        store.setState((state) => ({ problems: applyProblemsChange(state.problems, message.problems) }));
        return;
      case 'judging':
        if (message.revision === revision) store.setState({ judged: message.judged });
        return;
      case 'judged':
        store.setState((state) => ({
          problems: applyProblemsChange(state.problems, message.problems),
          judged: { done: state.judged.total, total: state.judged.total },
          scene: applySceneChange(state.scene, message.scene),
        }));
        return;
      case 'importProgress':
        imports.progress(message);
        return;
      case 'importPart':
        imports.take(message);
        return;
      case 'imported':
        takeImport(message);
        return;
      case 'tidied': {
        const next = tidying.answer(message, get().design);
        if (next && next !== get().design) push(next, { id: 'layout.tidy', params: {} });
        return;
      }
      case 'failed':
        store.setState({ failure: message.message, pending: false });
        imports.fail(message.ticket);
        return;
    }
  });

  return {
    store,
    preview,
    run(command, args) {
      const outcome = preview(command, args);
      if (isRefused(outcome)) return outcome;
      const { design, picture, scene } = get();
      return push(pinPlacements(design, outcome.design, picture, scene), outcome.description, outcome.select);
    },
    undo: () => {
      history.undo();
      showMoment();
    },
    redo: () => {
      history.redo();
      showMoment();
    },
    guard(next) {
      judge = next;
    },
    importFiles: (files) => imports.add(files),
    open(files) {
      imports.cancel();
      history.begin({ ...EMPTY_DESIGN, nextId });
      store.setState({ baseline: NO_BASELINE });
      showMoment([]);
      if (files.length > 0) imports.add(files, true);
    },
    replaceFiles(files) {
      const { design, selection } = get();
      push(...replacedFiles(design, files, kinds, selection));
    },
    cancelImport: () => imports.cancel(),
    dismissImport: () => imports.dismiss(),
    exportFiles: ({ layout }) => exportDesign(get().design, layout),
    noteSaved() {
      outbox.send({ type: 'saved' });
      store.setState({ baseline: exportedBaseline(get().design) });
      askAgain(get().picture);
    },
    references: freshReferences,
    select: (ids) =>
      store.setState(({ design }) => ({ selection: new Set(ids.filter((id) => design.records.has(id))) })),
    showPicture(picture) {
      if (picture !== get().picture) askAgain(picture);
    },
    meanFor(release) {
      if (release === get().release) return;
      store.setState({ release });
      outbox.send({ type: 'release', release });
      askAgain(get().picture);
    },
    switchLints(switches) {
      outbox.send({ type: 'lints', switches });
      askAgain(get().picture);
    },
    tidy: () => tidying.ask(get().picture),
    clear() {
      const { design } = get();
      if (design.files.size > 0)
        push({ ...EMPTY_DESIGN, nextId: design.nextId }, { id: 'design.clear', params: {} }, []);
    },
    dismissFailure: () => store.setState({ failure: undefined }),
  };
}
