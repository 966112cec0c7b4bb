import type { Webhook } from '../../admission/webhooks/webhook-hooks.ts';
import { formatGroupKind, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';

/** How many objects are named. */
const MOST_NAMED = 8;

/** Which records each webhook would be asked about, by the configuration that it stands in. */
export class AskedWebhooks {
  private readonly byConfiguration = new Map<string, Map<number, { webhook: Webhook; about: DesignRecord[] }>>();

  add(record: DesignRecord, webhooks: readonly Webhook[]): void {
    for (const webhook of webhooks) {
      const key = keyOf(webhook.configuration);
      let entries = this.byConfiguration.get(key);
      if (entries === undefined) this.byConfiguration.set(key, (entries = new Map()));
      const entry = entries.get(webhook.index);
      if (entry === undefined) entries.set(webhook.index, { webhook, about: [record] });
      else if (entry.about.at(-1) !== record) entry.about.push(record);
    }
  }

  /** What is to be told of a configuration: what its webhooks answer is not known, and makes nothing invalid. */
  problemsOf({ id, object }: DesignRecord): readonly Problem[] {
    if (this.byConfiguration.size === 0) return [];
    const entries = this.byConfiguration.get(keyOf(object)) ?? new Map<number, never>();
    return [...entries].map(([index, { webhook, about }]): Problem => {
      const others = about.filter((one) => one.id !== id);
      const names = others.slice(0, MOST_NAMED).map(({ identity }) => identity);
      return {
        id: 'webhook.asked',
        severity: 'info',
        record: id,
        field: ['webhooks', index],
        related: others.map((one) => one.id),
        params: {
          webhook: webhook.name,
          count: others.length,
          objects: others.length > MOST_NAMED ? `${names.join(', ')}, …` : names.join(', '),
        },
      };
    });
  }
}

function keyOf(object: Webhook['configuration']): string {
  return `${formatGroupKind(groupVersionKindOf(object))}/${nameOf(object)}`;
}
