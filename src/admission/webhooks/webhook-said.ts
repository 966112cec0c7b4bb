import { validateLabelKey } from '../../apimachinery/label-names.ts';
import type { ReviewResponse } from './admission-review.ts';

/** What webhooks say beside their verdicts: warnings for the client, annotations for the audit log. */
export class WebhookSaid {
  readonly warnings: string[] = [];
  readonly auditAnnotations: Record<string, string> = {};

  /** An annotation whose key is none is dropped. Source: staging/src/k8s.io/apiserver/pkg/admission/attributes.go `checkKeyFormat`, 1.36.2. */
  annotate(key: string, value: string): void {
    if (key.split('/').length === 2 && validateLabelKey(key).length === 0) this.auditAnnotations[key] = value;
  }

  hear(webhook: string, { warnings, auditAnnotations }: ReviewResponse): void {
    for (const [key, value] of Object.entries(auditAnnotations)) this.annotate(`${webhook}/${key}`, value);
    this.warnings.push(...warnings);
  }
}
