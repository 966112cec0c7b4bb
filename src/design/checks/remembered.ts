import type { KindRegistry } from '../../kinds/registry.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { CheckContext } from './check.ts';

type Look = (record: DesignRecord, context: CheckContext) => readonly Problem[];

interface Known {
  readonly registry: KindRegistry;
  readonly release: number | undefined;
  readonly seen: readonly unknown[];
  readonly problems: readonly Problem[];
}

const NOTHING: readonly unknown[] = [];

/** Asks a question of each record that depends on that record alone; of one that did not change it is not asked again. */
export function ofEachRecord(look: Look): (context: CheckContext) => readonly Problem[] {
  return remembered(look, () => NOTHING);
}

/** The same for a question that depends on the record and on the records it points at. */
export function ofEachRecordAndTargets(look: Look): (context: CheckContext) => readonly Problem[] {
  return remembered(look, (record, { design, graph }) => {
    const outgoing = graph.outgoing(record.id);
    return outgoing.length === 0
      ? NOTHING
      : outgoing.map(({ to, toIdentity }) => (to === null ? toIdentity : design.records.get(to)));
  });
}

function remembered(
  look: Look,
  seenBy: (record: DesignRecord, context: CheckContext) => readonly unknown[],
): (context: CheckContext) => readonly Problem[] {
  const known = new WeakMap<DesignRecord, Known>();
  return (context) => {
    const { registry, release } = context;
    const problems: Problem[] = [];
    for (const record of context.design.records.values()) {
      const seen = seenBy(record, context);
      let answer = known.get(record);
      if (answer?.registry !== registry || answer.release !== release || !sameItems(answer.seen, seen)) {
        answer = { registry, release, seen, problems: look(record, context) };
        known.set(record, answer);
      }
      problems.push(...answer.problems);
    }
    return problems;
  };
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}
