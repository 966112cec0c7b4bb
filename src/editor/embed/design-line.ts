import type { RecordId } from '../../design/design.ts';
import type { ImportedFile, Workspace, WorkspaceState } from '../../workspace/workspace.ts';
import type { DesignNews, DesignOrder } from './embed-messages.ts';

/** Changes that come faster than this are told as one, in milliseconds: somebody types. */
const CALM_MS = 150;

/** Reads what the page around asks about the design; undefined for what is no such thing. */
export function designOrderOf(order: { readonly type: unknown }): DesignOrder | undefined {
  const { type } = order;
  if (type === 'open' && 'files' in order && Array.isArray(order.files)) {
    const files = order.files.filter(isFile);
    return files.length === order.files.length ? { type, files } : undefined;
  }
  if (type === 'select' && 'objects' in order && Array.isArray(order.objects)) {
    return { type, objects: order.objects.map(String) };
  }
  if (type === 'picture' && 'picture' in order) {
    return { type, picture: order.picture === 'cluster' ? 'cluster' : 'application' };
  }
  return undefined;
}

function isFile(value: unknown): value is ImportedFile {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('content' in value)) return false;
  return typeof value.path === 'string' && (typeof value.content === 'string' || value.content instanceof Uint8Array);
}

/**
 * Does what the page around asks about the design, and tells it of what is done to the design here. Who gave no design is
 * told nothing of one. Gives what takes the orders.
 */
export function designLine(workspace: Workspace, tell: (news: DesignNews) => void): (order: DesignOrder) => void {
  const { store } = workspace;
  let isGiven = false;
  let opening = false;
  let [known, selected] = [store.getState().design, ''];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tellOpened = (): void => {
    const { design, import: importing } = store.getState();
    if (!opening || importing.status === 'running') return;
    opening = false;
    known = design;
    const skipped = importing.status === 'done' ? importing.account.skipped : [];
    tell({ type: 'opened', objects: design.records.size, skipped: skipped.map(({ file, line }) => ({ file, line })) });
  };
  store.subscribe((state) => {
    if (!isGiven) return;
    if (opening) {
      // The account of what was read comes a step before the design.
      if (state.import.status !== 'running') queueMicrotask(tellOpened);
      return;
    }
    const names = namesOf(state);
    if (names.join('\n') !== selected) {
      selected = names.join('\n');
      tell({ type: 'selection', objects: names });
    }
    if (state.design === known || state.import.status === 'running') return;
    known = state.design;
    clearTimeout(timer);
    timer = setTimeout(() => tell({ type: 'design', files: filesOf(workspace) }), CALM_MS);
  });
  return (order) => {
    if (order.type === 'open') {
      isGiven = true;
      opening = true;
      clearTimeout(timer);
      workspace.open(order.files);
      // Nothing comes where there is nothing to read.
      if (order.files.length === 0) tellOpened();
    } else if (order.type === 'picture') workspace.showPicture(order.picture);
    else {
      selected = order.objects.join('\n');
      workspace.select(recordsOf(store.getState(), new Set(order.objects)));
    }
  };
}

function namesOf({ design, selection }: WorkspaceState): readonly string[] {
  return [...selection].flatMap((id) => design.records.get(id)?.identity ?? []);
}

function recordsOf({ design }: WorkspaceState, names: ReadonlySet<string>): readonly RecordId[] {
  return [...design.records.values()].filter(({ identity }) => names.has(identity)).map(({ id }) => id);
}

function filesOf(workspace: Workspace): readonly ImportedFile[] {
  const { design } = workspace.store.getState();
  const text = new TextDecoder();
  return workspace.exportFiles({ layout: 'keep' }).map(({ path, content }) => ({
    path,
    content: design.files.get(path)?.binary === undefined ? text.decode(content) : content,
  }));
}
