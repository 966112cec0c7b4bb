import { customResourcesOf } from '../../src/kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { judgeUpdate } from '../../src/kinds/judge-update.ts';
import { judge } from '../../src/kinds/judge.ts';
import type { Verdict } from '../../src/kinds/verdict.ts';
import type { Case } from './cases.ts';

/** The release that gave the recorded answers: it decides about apiVersions that are gone since. */
const RECORDED_RELEASE = 20;

/** Our verdict on a case; on one of a server of the pinned release, of that release alone. */
export function ours(one: Case): Verdict {
  const verdict = judgeIn(one, undefined);
  if (verdict.code !== 404 || one.isPinned === true) return verdict;
  return judgeIn(one, RECORDED_RELEASE);
}

function judgeIn(one: Case, release: number | undefined): Verdict {
  const known = { registry: BUILT_IN_KINDS, customResources: customResourcesOf(one.definitions) };
  const context = release === undefined ? known : { ...known, release };
  return one.op === 'update' && one.old !== undefined
    ? judgeUpdate(one.object, one.old, context)
    : judge(one.object, context);
}
