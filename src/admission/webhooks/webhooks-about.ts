import type { AdmissionRequest } from '../admission-request.ts';
import { isRefusal } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { shouldCall } from './should-call.ts';
import type { Webhook } from './webhook-hooks.ts';
import { MUTATING_CONFIGURATION, VALIDATING_CONFIGURATION, isExempt, webhooksOf } from './webhook-hooks.ts';

const CONFIGURATIONS = [MUTATING_CONFIGURATION, VALIDATING_CONFIGURATION];

/** The webhooks of both kinds that would be asked about a request, where nobody asks them. */
export function webhooksAbout(request: AdmissionRequest, cluster: ClusterView): readonly Webhook[] {
  if (isExempt(request)) return NONE;
  return CONFIGURATIONS.flatMap((kind) =>
    webhooksOf(kind, cluster).filter((webhook) => {
      const form = shouldCall(webhook, request, cluster);
      return form !== undefined && !isRefusal(form);
    }),
  );
}

const NONE: readonly Webhook[] = [];
