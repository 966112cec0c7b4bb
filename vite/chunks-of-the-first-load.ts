import { join } from 'node:path';
import { ICON, iconsOf } from './icons.ts';

interface ModuleGraph {
  getModuleInfo(id: string): {
    readonly code: string | null;
    readonly importedIds: readonly string[];
    readonly dynamicallyImportedIds: readonly string[];
  } | null;
}

const ADDRESS_OF_LAYOUT = 'elk-worker.min.js?url';
const SRC = join(import.meta.dirname, '../src');
const PAGE = 'main.tsx';
const DOCUMENT = 'document.worker.ts';
const SIMULATION = 'simulation.worker.ts';
const EXPERIMENT = 'experiment.worker.ts';
const COMPARE = 'compare.worker.ts';
const ENTRIES = new Set([PAGE, DOCUMENT, SIMULATION, EXPERIMENT, COMPARE].map((name) => join(SRC, name)));

/**
 * Says in which file of the first load a module of our own goes: what the page needs, what its document thread needs, or
 * what both do. A few files compress far better than the hundred that sharing alone makes. undefined for what is loaded
 * later, and for what a worker would take the page along for, which runs only where there is a document. Libraries are
 * left alone, because their indexes import all that they have, but for the icons: a file each, they are put with the page
 * or together for later.
 */
export function chunksOfTheFirstLoad(): (id: string, graph: ModuleGraph) => string | undefined {
  let reach: Reach | undefined;
  return (id, graph) => {
    reach ??= reachOf(graph);
    const [, icon] = ICON.exec(id) ?? [];
    if (icon !== undefined) return reach.icons.has(icon) ? 'page' : 'icons';
    // What an entry does when it runs is not to be done again by who needs something beside it.
    // An address alone is no file worth asking for.
    if (id.endsWith(ADDRESS_OF_LAYOUT)) return 'document';
    if (!id.startsWith(SRC) || ENTRIES.has(id)) return undefined;
    if (reach.page.has(id) && reach.document.has(id)) return 'shared';
    if (reach.page.has(id)) return reach.workersEver.has(id) ? undefined : 'page';
    return reach.document.has(id) && !reach.simulation.has(id) ? 'document' : undefined;
  };
}

/** Modules by what needs them, and icons by the names of their files. */
type Reach = Readonly<Record<'page' | 'document' | 'simulation' | 'workersEver' | 'icons', ReadonlySet<string>>>;

function reachOf(graph: ModuleGraph): Reach {
  const page = reached(graph, [PAGE], false);
  return {
    page,
    icons: iconsOf([...page].map((id) => graph.getModuleInfo(id)?.code ?? '')),
    document: reached(graph, [DOCUMENT], false),
    simulation: reached(graph, [SIMULATION, EXPERIMENT], false),
    workersEver: reached(graph, [DOCUMENT, SIMULATION, EXPERIMENT, COMPARE], true),
  };
}

/** Everything of our own that modules import before they run, or `ever`. */
function reached(graph: ModuleGraph, entries: readonly string[], ever: boolean): ReadonlySet<string> {
  const seen = new Set(entries.map((name) => join(SRC, name)));
  for (const id of seen) {
    const info = graph.getModuleInfo(id);
    const next = [...(info?.importedIds ?? []), ...(ever ? (info?.dynamicallyImportedIds ?? []) : [])];
    for (const one of next) if (one.startsWith(SRC)) seen.add(one);
  }
  return seen;
}
