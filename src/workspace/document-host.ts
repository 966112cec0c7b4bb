import { EMPTY_DESIGN, PICTURES } from '../design/design.ts';
import type { Design, Picture, Placement } from '../design/design.ts';
import { findProblems } from '../design/checks/index.ts';
import { addFiles, designRegistry } from '../design/import.ts';
import { resolveReferences } from '../design/resolve-references.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { readManifest } from '../manifest/read.ts';
import type { ManifestFile } from '../manifest/manifest.ts';
import { EMPTY_ARRANGEMENT, arrange, placeScene } from '../scene/arrange.ts';
import type { Arrangement } from '../scene/arrange.ts';
import type { LayoutKernel } from '../scene/layout-graph.ts';
import { sceneModel } from '../scene/scene-model.ts';
import type { SceneModel } from '../scene/scene-model.ts';
import type { Scene } from '../scene/scene.ts';
import { importAccount, importParts } from './import-parts.ts';
import { applyDesignChange } from './design-change.ts';
import { packReferences } from './packed-references.ts';
import type { FromDocument, ToDocument } from './protocol.ts';
import { sceneChange } from './scene-change.ts';
import type { ImportedFile } from './workspace.ts';

/** What the host needs from the thread it runs in. */
export interface DocumentThread {
  post(message: FromDocument, transfer?: readonly ArrayBufferLike[]): void;
  /** Lets messages that wait be handled before going on. */
  pause(): Promise<void>;
  nowMs(): number;
  readonly kernel: LayoutKernel;
  readonly kinds: KindRegistry;
}

const EMPTY_SCENE: Scene = { frames: [], cards: [], edges: [] };

/**
 * The document thread: reads files, resolves references, runs the checks and lays pictures out, so that the page
 * never waits. Holds a copy of the page's design, kept in step by changes.
 */
export class DocumentHost {
  private design: Design = EMPTY_DESIGN;
  private registry: KindRegistry;
  private newest = 0;
  private busy = false;
  private picture: Picture = 'application';
  /** What the automatic layout said, kept for as long as the page is open: nothing that stands is moved unasked. */
  private readonly arrangements = new Map<Picture, Arrangement>(
    PICTURES.map((picture) => [picture, EMPTY_ARRANGEMENT]),
  );
  private sent: Scene = EMPTY_SCENE;
  private readonly cancelled = new Set<number>();
  private readonly thread: DocumentThread;

  constructor(thread: DocumentThread) {
    this.thread = thread;
    this.registry = thread.kinds;
  }

  receive(message: ToDocument): void {
    switch (message.type) {
      case 'change':
        this.design = applyDesignChange(this.design, message.change);
        this.newest = message.revision;
        this.picture = message.picture;
        if (!this.busy) this.guard(this.deriveUntilCurrent());
        return;
      case 'import':
        this.guard(this.import(message.ticket, message.files));
        return;
      case 'cancelImport':
        this.cancelled.add(message.ticket);
        return;
      case 'tidy':
        this.guard(this.tidy(message.ticket, message.picture));
        return;
    }
  }

  private guard(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.busy = false;
      this.thread.post({
        type: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    });
  }

  /** Answers the newest change; changes that came meanwhile are answered once, together. */
  private async deriveUntilCurrent(): Promise<void> {
    this.busy = true;
    for (let done = -1; done !== this.newest;) {
      done = this.newest;
      await this.derive(done);
      await this.thread.pause();
    }
    this.busy = false;
  }

  private async derive(revision: number): Promise<void> {
    const { design, picture } = this;
    this.registry = designRegistry(design, this.thread.kinds);
    const { registry } = this;
    const graph = resolveReferences(design, registry);
    const problems = findProblems({ design, graph, registry });
    const scene = await this.scene(sceneModel(design, graph, problems, registry), design, picture);
    const references = packReferences(graph, design, registry);
    const derived = { references, problems, scene: sceneChange(this.sent, scene) };
    this.sent = scene;
    this.thread.post({ type: 'derived', revision, derived }, [references.numbers.buffer]);
  }

  private async scene(model: SceneModel, design: Design, picture: Picture): Promise<Scene> {
    const before = this.arrangements.get(picture)!;
    const placed: Arrangement = {
      ...before,
      placements: new Map([...before.placements, ...design.placements[picture]]),
    };
    const arrangement = await arrange(model, placed, this.thread.kernel);
    this.arrangements.set(picture, {
      ...arrangement,
      placements: withoutPlaced(arrangement, before, design.placements[picture]),
    });
    return placeScene(model, arrangement);
  }

  private async tidy(ticket: number, picture: Picture): Promise<void> {
    const { design, registry } = this;
    const graph = resolveReferences(design, registry);
    const arrangement = await arrange(sceneModel(design, graph, [], registry), EMPTY_ARRANGEMENT, this.thread.kernel);
    this.arrangements.set(picture, arrangement);
    const placements: (readonly [string, Placement])[] = [...arrangement.placements].filter(
      ([key]) => !key.startsWith('ghost:'),
    );
    this.thread.post({ type: 'tidied', ticket, placements });
  }

  private async import(ticket: number, files: readonly ImportedFile[]): Promise<void> {
    const started = this.thread.nowMs();
    const read: ManifestFile[] = [];
    let objects = 0;
    for (const file of files) {
      if (this.cancelled.has(ticket)) break;
      const manifest = readManifest(file.path, file.content);
      read.push(manifest);
      for (const segment of manifest.segments) if (segment.type === 'document') objects += segment.objects.length;
      this.thread.post({ type: 'importProgress', ticket, filesDone: read.length, filesTotal: files.length, objects });
      await this.thread.pause();
    }
    const cancelled = this.cancelled.has(ticket);
    const next = cancelled ? this.design : addFiles(this.design, read, this.thread.kinds, `i${ticket}.`);
    if (!cancelled) {
      for (const part of importParts(this.design, next)) {
        this.thread.post({ type: 'importPart', ticket, part });
        await this.thread.pause();
      }
    }
    const registry = designRegistry(next, this.thread.kinds);
    const account = importAccount(this.design, next, read, resolveReferences(next, registry));
    this.thread.post({
      type: 'imported',
      ticket,
      account: { ...account, cancelled, durationMs: Math.round(this.thread.nowMs() - started) },
    });
  }
}

/** What the automatic layout said, people's placements left out: taking one back shows the card where it was before. */
function withoutPlaced(
  { placements }: Arrangement,
  before: Arrangement,
  placed: ReadonlyMap<string, Placement>,
): ReadonlyMap<string, Placement> {
  const automatic = new Map(placements);
  for (const key of placed.keys()) {
    const earlier = before.placements.get(key);
    if (earlier) automatic.set(key, earlier);
    else automatic.delete(key);
  }
  return automatic;
}
