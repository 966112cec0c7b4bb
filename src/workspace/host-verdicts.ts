import { DesignAdmission } from '../design/admission/design-admission.ts';
import { groupsTypeChecked } from '../design/admission/policy-types.ts';
import type { Design, DesignRecord } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import { updateRefusals } from '../design/update-refusals.ts';
import { isJudged, judgeContextOf, preloadValidity, refusalsAmong, verdictOf } from '../design/validity.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import type { OpenedRecords } from './opened-records.ts';
import type { Judged } from './workspace.ts';

/** As many objects are judged at once without anybody noticing: a keystroke, a rename. */
const AT_ONCE = 100;
/** Objects between two pauses. */
const SLICE = 200;

/** What an API server would refuse, judged beside everything else that the document thread does. */
export class HostVerdicts {
  private readonly pause: () => Promise<void>;
  private readonly admission = new DesignAdmission();
  private readonly opened: OpenedRecords;
  /** Kinds, as `apps/v1 Deployment`, with the groups that a policy speaks of, whose schemas and strategies are loaded or do not exist. */
  private readonly loaded = new Set<string>();

  constructor(pause: () => Promise<void>, opened: OpenedRecords) {
    this.pause = pause;
    this.opened = opened;
  }

  /** What is known now, or soon enough, and of how many objects. */
  known(
    design: Design,
    registry: KindRegistry,
    release: number,
  ): { readonly refusals: readonly Problem[]; readonly judged: Judged } {
    const total = design.records.size;
    const context = judgeContextOf(design, registry, release);
    const unjudged = this.unjudged(design, context);
    const isWhole = unjudged.length <= AT_ONCE && unjudged.every((record) => this.loaded.has(kindOf(record)));
    if (isWhole) {
      const alone = refusalsAmong(design.records.values(), context);
      const refusals = [...alone, ...this.changesRefused(design, context), ...this.admission.problems(design, context)];
      return { refusals, judged: { done: total, total } };
    }
    const waiting = new Set(unjudged);
    const judged = [...design.records.values()].filter((record) => !waiting.has(record));
    return { refusals: refusalsAmong(judged, context), judged: { done: judged.length, total } };
  }

  /** Judges all that is left, a slice at a time; gives up and says false where something newer came. */
  async judgeRest(
    design: Design,
    { registry, release }: { readonly registry: KindRegistry; readonly release: number },
    isCurrent: () => boolean,
    tell: (judged: Judged) => void,
  ): Promise<boolean> {
    await preloadValidity(design, registry);
    const context = judgeContextOf(design, registry, release);
    for (const record of design.records.values()) this.loaded.add(kindOf(record));
    const unjudged = this.unjudged(design, context);
    for (let start = 0; start < unjudged.length; start += SLICE) {
      if (!isCurrent()) return false;
      const slice = unjudged.slice(start, start + SLICE);
      for (const record of slice) verdictOf(record, context);
      const left = Math.max(0, unjudged.length - start - SLICE);
      if (left > 0) tell({ done: design.records.size - left, total: design.records.size });
      await this.pause();
    }
    for (const _ of this.admission.slices(design, context, SLICE)) {
      if (!isCurrent()) return false;
      await this.pause();
    }
    return isCurrent();
  }

  /** What a cluster refuses of the changes since the records were opened or saved. */
  private changesRefused(design: Design, context: JudgeContext): readonly Problem[] {
    return [...design.records.values()].flatMap((record) => {
      const old = this.opened.before(record.id);
      return old === undefined ? [] : updateRefusals(record, old, context);
    });
  }

  private unjudged(design: Design, context: JudgeContext): readonly DesignRecord[] {
    return [...design.records.values()].filter((record) => !isJudged(record, context));
  }
}

function kindOf({ object }: DesignRecord): string {
  return [object.apiVersion, object.kind, ...groupsTypeChecked(object)].join(' ');
}
