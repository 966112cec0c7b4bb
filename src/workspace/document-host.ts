import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design, Picture } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import { designRegistry } from '../design/import.ts';
import { NO_SWITCHES } from '../design/lints/switches.ts';
import type { Problem } from '../design/problem.ts';
import { ReferenceResolver } from '../design/reference-resolver.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import type { LayoutKernel } from '../scene/layout-graph.ts';
import type { Scene } from '../scene/scene.ts';
import { changesKinds } from './custom-kinds.ts';
import { applyDesignChange } from './design-change.ts';
import { importFiles } from './host-import.ts';
import type { HostJudges } from './host-judges.ts';
import { HostPictures } from './host-pictures.ts';
import type { ImportSession } from './import-session.ts';
import { joinImport } from './join-import.ts';
import { OpenedRecords } from './opened-records.ts';
import { packReferences } from './packed-references.ts';
import { problemsChange, problemsParts } from './problems-change.ts';
import type { DesignChange, FromDocument, ProblemsChange, SceneChange, ToDocument } from './protocol.ts';
import { sceneChange, sceneParts } from './scene-change.ts';
import type { Judged } from './workspace.ts';

/** What the host needs from the thread it runs in. */
export interface DocumentThread {
  post(message: FromDocument, transfer?: readonly ArrayBufferLike[]): void;
  /** Lets messages that wait be handled before going on. */
  pause(): Promise<void>;
  nowMs(): number;
  readonly kernel: LayoutKernel;
  readonly kinds: KindRegistry;
  /** Settles once the page has drawn the first picture; what that did not need is loaded after it. At once where left out. */
  painted?(): Promise<void>;
}

/** More objects than this at once are drawn before they are checked. */
const MANY_NEW = 60;

const EMPTY_SCENE: Scene = { frames: [], cards: [], edges: [] };
/** What is known of a design without files. */
const NOTHING_TO_JUDGE = { problems: [], judged: { done: 0, total: 0 } } as const;

/**
 * The document thread: reads files, resolves references, runs the checks and lays pictures out, so that the page
 * never waits. Holds a copy of the page's design, kept in step by changes.
 */
export class DocumentHost {
  private design: Design = EMPTY_DESIGN;
  private newest = 0;
  private answered = 0;
  private busy = false;
  private picture: Picture = 'application';
  private release = PINNED_RELEASE;
  private kinds: { readonly design: Design; readonly registry: KindRegistry };
  private readonly pictures: HostPictures;
  private judges: HostJudges | undefined;
  private readonly references = new ReferenceResolver();
  private readonly opened = new OpenedRecords();
  private sent: Scene = EMPTY_SCENE;
  /** How many objects the last picture was of. */
  private drawn = 0;
  private sentProblems: readonly Problem[] = [];
  private lints = NO_SWITCHES;
  /** Parts of the change that is arriving. */
  private parts: DesignChange[] = [];
  private readonly cancelled = new Set<number>();
  /** What imports brought, until the page says that it took it over. */
  private readonly brought = new Map<number, ImportSession>();
  private readonly thread: DocumentThread;

  constructor(thread: DocumentThread) {
    this.thread = thread;
    this.kinds = { design: EMPTY_DESIGN, registry: thread.kinds };
    this.pictures = new HostPictures(thread.kernel);
  }

  receive(message: ToDocument): void {
    switch (message.type) {
      case 'changePart':
        this.parts.push(message.change);
        return;
      case 'change':
        this.guard(this.change(message));
        return;
      case 'import':
        this.guard(this.import(message), message.ticket);
        return;
      case 'saved':
        this.opened.saved(this.design);
        return;
      case 'cancelImport':
        this.cancelled.add(message.ticket);
        this.brought.delete(message.ticket);
        return;
      case 'release':
        this.release = message.release;
        return;
      case 'lints':
        this.lints = message.switches;
        return;
      case 'tidy':
        this.guard(this.tidy(message.ticket, message.picture), message.ticket);
        return;
    }
  }

  private guard(work: Promise<void>, ticket?: number): void {
    work.catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.thread.post({ type: 'failed', message: text, ...(ticket === undefined ? {} : { ticket }) });
    });
  }

  /** Takes a change over and answers the newest; changes that come meanwhile are answered once, together. */
  private async change(message: Extract<ToDocument, { type: 'change' }>): Promise<void> {
    this.takeOver(message);
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.answered !== this.newest) {
        this.answered = this.newest;
        const isWhole = await this.derive(this.answered);
        await this.thread.pause();
        if (!isWhole) await this.judgeRest(this.answered);
      }
    } finally {
      this.busy = false;
    }
  }

  private takeOver({ takes, change, revision, picture }: Extract<ToDocument, { type: 'change' }>): void {
    const session = takes === undefined ? undefined : this.brought.get(takes);
    if (takes !== undefined) this.brought.delete(takes);
    if (session) {
      const before = this.design;
      this.design = joinImport(before, session, this.thread.kinds);
      this.opened.brought(before, this.design);
    }
    for (const part of this.parts) this.design = applyDesignChange(this.design, part);
    this.parts = [];
    this.design = applyDesignChange(this.design, change);
    this.newest = revision;
    this.picture = picture;
  }

  /** The kinds of the design; the same value until a definition among its objects changes, because much is remembered by it. */
  private registry(): KindRegistry {
    const { design, thread, kinds } = this;
    const changed = kinds.design !== design && changesKinds(kinds.design, design, thread.kinds);
    this.kinds = { design, registry: changed ? designRegistry(design, thread.kinds) : kinds.registry };
    return this.kinds.registry;
  }

  /** Answers a revision with what is known of verdicts; whether that is all of them. */
  private async derive(revision: number): Promise<boolean> {
    const { design, picture, release, thread } = this;
    const registry = this.registry();
    const graph = this.references.of(design, registry);
    const isFirst = design.files.size > 0 && this.judges === undefined;
    if (isFirst || Math.abs(design.records.size - this.drawn) > MANY_NEW) await this.showEarly(revision, graph);
    this.drawn = design.records.size;
    if (isFirst) await this.loadJudges();
    const context = { design, graph, registry, release };
    const { problems, judged } = this.judges?.known(context, this.lints) ?? NOTHING_TO_JUDGE;
    const references = packReferences(graph, design, registry);
    const scene = await this.pictures.scene({ design, graph, problems, registry }, picture);
    const last = await this.sendParts(revision, scene);
    const told = await this.sendProblems(problems);
    thread.post({ type: 'derived', revision, derived: { references, problems: told, judged, scene: last } }, [
      references.numbers.buffer,
    ]);
    return judged.done === judged.total;
  }

  /** Many objects came or went: the picture is shown before what is wrong with them is known. */
  private async showEarly(revision: number, graph: ReferenceGraph): Promise<void> {
    const { design, picture } = this;
    const told = { design, graph, problems: [], registry: this.registry() };
    const last = await this.sendParts(revision, await this.pictures.scene(told, picture));
    this.thread.post({ type: 'derivedPart', revision, scene: last });
    await this.thread.pause();
  }

  /** The rules of the API server are most of what this thread runs, and the first picture does not wait for them. */
  private async loadJudges(): Promise<void> {
    await this.thread.painted?.();
    const { HostJudges } = await import('./host-judges.ts');
    this.judges ??= new HostJudges(() => this.thread.pause(), this.opened);
  }

  /** Judges what is not judged yet, unless something newer comes, and answers once more. */
  private async judgeRest(revision: number): Promise<void> {
    const { design, picture, release, thread } = this;
    const registry = this.registry();
    const isCurrent = (): boolean => this.newest === revision;
    const tell = (judged: Judged): void => thread.post({ type: 'judging', revision, judged });
    const judging = { registry, release };
    const { judges } = this;
    if (!judges || !(await judges.judgeRest(design, judging, isCurrent, tell))) return;
    const graph = this.references.of(design, registry);
    const { problems } = judges.known({ design, graph, registry, release }, this.lints);
    const scene = await this.pictures.scene({ design, graph, problems, registry }, picture);
    const last = await this.sendParts(revision, scene);
    thread.post({ type: 'judged', revision, problems: await this.sendProblems(problems), scene: last });
  }

  /** Sends how the problems changed, but for the last part, which belongs to the answer. */
  private async sendProblems(problems: readonly Problem[]): Promise<ProblemsChange> {
    const parts = problemsParts(problemsChange(this.sentProblems, problems));
    this.sentProblems = problems;
    for (let part = parts.next(); ; part = parts.next()) {
      if (part.done) return part.value;
      this.thread.post({ type: 'problemsPart', problems: part.value });
      await this.thread.pause();
    }
  }

  /** Sends how the picture changed, but for the last part, which belongs to the answer. */
  private async sendParts(revision: number, scene: Scene): Promise<SceneChange> {
    const parts = sceneParts(sceneChange(this.sent, scene));
    this.sent = scene;
    for (let part = parts.next(); ; part = parts.next()) {
      if (part.done) return part.value;
      this.thread.post({ type: 'derivedPart', revision, scene: part.value });
      await this.thread.pause();
    }
  }

  private async tidy(ticket: number, picture: Picture): Promise<void> {
    const { design } = this;
    const registry = this.registry();
    const told = { design, graph: this.references.of(design, registry), problems: [], registry };
    const placements = await this.pictures.anew(told, picture);
    this.thread.post({ type: 'tidied', ticket, placements });
  }

  private async import({ ticket, files }: Extract<ToDocument, { type: 'import' }>): Promise<void> {
    const { design, thread } = this;
    const isCancelled = (): boolean => this.cancelled.has(ticket);
    try {
      const { session, account } = await importFiles({ design, thread, ticket, files, isCancelled });
      if (!account.cancelled) this.brought.set(ticket, session);
      thread.post({ type: 'imported', ticket, account });
    } finally {
      this.cancelled.delete(ticket);
    }
  }
}
