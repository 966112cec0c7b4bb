import type { RecordId } from '../design.ts';
import type { Problem } from '../problem.ts';
import { Answers } from '../view/answers.ts';
import { DesignView } from '../view/design-view.ts';
import type { Reads } from '../view/source.ts';
import { backendPort } from './backend-port.ts';
import type { Check, CheckContext } from './check.ts';
import { duplicateIdentity } from './duplicate-identity.ts';
import { inOrder } from './in-order.ts';
import { missingGrant } from './missing-grant.ts';
import { missingKey } from './missing-key.ts';
import { missingReference } from './missing-reference.ts';
import { oldApiVersion } from './old-api-version.ts';
import { podTemplate } from './pod-template.ts';
import { sameRoute } from './same-route.ts';
import { selectorAndTemplate } from './selector-and-template.ts';
import { selectorWithoutMatch } from './selector-without-match.ts';
import { servicePort } from './service-port.ts';
import { severalDefaults } from './several-defaults.ts';
import { sharedClaim } from './shared-claim.ts';
import { sharedTarget } from './shared-target.ts';

/** Every check, in the order in which their problems are listed for one record. */
export const CHECKS: readonly Check[] = [
  missingReference,
  missingKey,
  selectorAndTemplate,
  selectorWithoutMatch,
  servicePort,
  backendPort,
  podTemplate,
  sharedTarget,
  sharedClaim,
  sameRoute,
  missingGrant,
  severalDefaults,
  oldApiVersion,
  duplicateIdentity,
];

/** What the checks find in each record; asked again only of what changed and what looks at it. */
export class DesignChecks {
  private readonly answers = new Answers<readonly Problem[]>();

  /** Brings the answers up to date with the view, and gives those of one record. */
  of(view: DesignView): (id: RecordId) => readonly Problem[] {
    for (const record of this.answers.outdated(view)) {
      const reads: Reads = [];
      view.note(record.id, reads);
      const problems: Problem[] = [];
      for (const check of CHECKS) for (const problem of check.look(record, view)) problems.push(problem);
      this.answers.tell(record.id, problems.length === 0 ? NOTHING : problems, reads);
    }
    view.note(undefined, undefined);
    return (id) => this.answers.of(id);
  }
}

const NOTHING: readonly Problem[] = [];

/**
 * All problems of a design: errors first, then in the order of records and checks. `refusals` are what the API server has
 * against single objects, where that is known, and what lints find; they come before the checks'.
 */
export function findProblems(context: CheckContext, refusals: readonly Problem[] = []): readonly Problem[] {
  const view = new DesignView(context.registry);
  view.update(context);
  return inOrder(view, refusals, new DesignChecks().of(view));
}
