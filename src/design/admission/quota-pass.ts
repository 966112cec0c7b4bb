import type { AdmissionRequest } from '../../admission/admission-request.ts';
import { formatGroupResource } from '../../admission/admission-request.ts';
import type { Refusal } from '../../admission/answer.ts';
import { isRefusal } from '../../admission/answer.ts';
import type { ClusterView } from '../../admission/cluster-view.ts';
import { RESOURCE_QUOTA } from '../../admission/quota/check-request.ts';
import { evaluatorOf } from '../../admission/quota/evaluators.ts';
import { resourceQuota } from '../../admission/quota/resource-quota.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { formatQuantity, makeQuantity } from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { objectAt, valueAt } from '../../base/json.ts';

/** What one request takes of the quotas of its namespace, or why they cannot count it. */
interface Charge {
  readonly refusal?: Refusal;
  readonly amounts: readonly Amount[];
}

interface Amount {
  readonly quota: string;
  readonly resource: string;
  /** In billionths. */
  readonly nano: bigint;
  readonly format: Quantity['format'];
}

/** What requests take, known for as long as the quotas stay. */
export type KnownCharges = WeakMap<AdmissionRequest, Charge>;

interface Account {
  readonly hardNano: bigint;
  usedNano: bigint;
  format: Quantity['format'];
}

/** More than anybody asks for. */
const NO_LIMIT = '8E';
const DIGITS = 9;

/** Requests on one namespace with quotas, one after the other, as they use up what there is. */
export class QuotaPass {
  private readonly quotas: readonly KubernetesObject[];
  private readonly accounts: ReadonlyMap<string, ReadonlyMap<string, Account>>;
  private readonly view: ClusterView;
  private readonly known: KnownCharges;
  private readonly counted = new Map<string, boolean>();
  private readonly unlimited: readonly KubernetesObject[];

  /** `quotas` as written: nothing is used yet. */
  constructor(quotas: readonly KubernetesObject[], view: ClusterView, known: KnownCharges) {
    this.quotas = quotas;
    this.view = view;
    this.known = known;
    this.accounts = new Map(quotas.map((quota) => [nameOf(quota), accountsOf(quota)]));
    this.unlimited = quotas.map((quota) => withStatus(quota, () => ({ hard: NO_LIMIT, used: '0' })));
  }

  /** Charges the same request a number of times, up to the first that is refused. */
  charge(request: AdmissionRequest, count: number): Refusal | undefined {
    let charge = this.known.get(request);
    if (charge === undefined) {
      charge = this.measure(request);
      this.known.set(request, charge);
    }
    if (charge.refusal !== undefined) return charge.refusal;
    let fitting = BigInt(count);
    for (const { quota, resource, nano } of charge.amounts) {
      const { hardNano, usedNano } = this.accounts.get(quota)!.get(resource)!;
      const room = (hardNano - usedNano) / nano;
      if (room < fitting) fitting = room;
    }
    const isOver = fitting < BigInt(count);
    for (const { quota, resource, nano, format } of charge.amounts) {
      const account = this.accounts.get(quota)!.get(resource)!;
      if (account.usedNano === 0n) account.format = format;
      if (fitting > 0n) account.usedNano += nano * fitting;
    }
    return isOver ? this.refusalNow(request) : undefined;
  }

  private measure(request: AdmissionRequest): Charge {
    if (!this.isCounted(request)) return { amounts: [] };
    const answer = this.ask(request, this.unlimited);
    if (isRefusal(answer)) return { refusal: answer, amounts: [] };
    const amounts = (answer?.writes ?? []).flatMap((quota) =>
      [...resourceListOf(valueAt(quota, 'status', 'used'))].map(([resource, quantity]) => ({
        quota: nameOf(quota),
        resource,
        nano: nanoOf(quantity),
        format: quantity.format,
      })),
    );
    return { amounts: amounts.filter(({ nano }) => nano > 0n) };
  }

  private isCounted(request: AdmissionRequest): boolean {
    const resource = formatGroupResource(request.resource);
    let isCounted = this.counted.get(resource);
    if (isCounted === undefined) {
      const { matchingResources } = evaluatorOf(resource);
      isCounted = [...this.accounts.values()].some((list) => matchingResources([...list.keys()], this.view).length > 0);
      this.counted.set(resource, isCounted);
    }
    return isCounted;
  }

  private refusalNow(request: AdmissionRequest): Refusal | undefined {
    const quotas = this.quotas.map((quota) => {
      const list = this.accounts.get(nameOf(quota))!;
      return withStatus(quota, (resource, hard) => ({ hard, used: formatQuantity(usedOf(list.get(resource)!)) }));
    });
    const answer = this.ask(request, quotas);
    return isRefusal(answer) ? answer : undefined;
  }

  private ask(request: AdmissionRequest, quotas: readonly KubernetesObject[]) {
    const isQuota = (kind: { readonly group: string; readonly kind: string }): boolean =>
      kind.kind === RESOURCE_QUOTA.kind && kind.group === RESOURCE_QUOTA.group;
    const view: ClusterView = {
      ...this.view,
      list: (kind, namespace) => (isQuota(kind) ? quotas : this.view.list(kind, namespace)),
    };
    return resourceQuota.validate?.(request, view);
  }
}

function accountsOf(quota: KubernetesObject): ReadonlyMap<string, Account> {
  const hard = resourceListOf(valueAt(quota, 'spec', 'hard'));
  return new Map(
    [...hard].map(([name, most]) => [name, { hardNano: nanoOf(most), usedNano: 0n, format: 'DecimalSI' as const }]),
  );
}

/** A quota as the quota controller leaves it. */
function withStatus(
  quota: KubernetesObject,
  statusOf: (resource: string, hard: string) => { readonly hard: string; readonly used: string },
): KubernetesObject {
  const entries = Object.entries(objectAt(quota, 'spec', 'hard') ?? {}).map(
    ([resource, hard]) => [resource, statusOf(resource, String(hard))] as const,
  );
  const pick = (field: 'hard' | 'used') =>
    Object.fromEntries(entries.map(([resource, status]) => [resource, status[field]]));
  return { ...quota, status: { hard: pick('hard'), used: pick('used') } };
}

function nanoOf({ amount: { value, exponent } }: Quantity): bigint {
  const shift = exponent + DIGITS;
  return shift >= 0 ? value * 10n ** BigInt(shift) : value / 10n ** BigInt(-shift);
}

function usedOf({ usedNano, format }: Account): Quantity {
  const whole = 10n ** BigInt(DIGITS);
  return usedNano % whole === 0n ? makeQuantity(usedNano / whole, format) : makeQuantity(usedNano, format, -DIGITS);
}
