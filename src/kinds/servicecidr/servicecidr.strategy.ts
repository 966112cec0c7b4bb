import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { parseCidr } from '../../apimachinery/ip.ts';
import { validateCidr } from '../../apimachinery/ip-validation.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { NONE, textsAt } from '../shared/validation/fields.ts';
import { FIELD_IS_IMMUTABLE } from '../shared/validation/immutable-field.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import type { KindStrategy } from '../strategy.ts';

const CIDRS = ValidationPath.of('spec', 'cidrs');

/** Source: pkg/registry/networking/servicecidr/strategy.go and pkg/apis/networking/validation/validation.go, 1.36. */
export const serviceCidrStrategy: KindStrategy = {
  group: 'networking.k8s.io',
  kind: 'ServiceCIDR',
  hasStatus: true,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate: (object, old) => {
    const cidrs = textsAt(object, 'spec', 'cidrs');
    return old === undefined
      ? validateCidrs(cidrs)
      : validateUpdate(cidrs, textsAt(old, 'spec', 'cidrs'), valueAt(object, 'spec', 'cidrs') ?? null);
  },
};

function validateCidrs(cidrs: readonly string[]): readonly FieldError[] {
  if (cidrs.length === 0) return [required(CIDRS, 'at least one CIDR required')];
  // Upstream shows its internal spec here.
  if (cidrs.length > 2) return [invalid(CIDRS, { CIDRs: cidrs }, 'may only hold up to 2 values')];
  const errors = cidrs.flatMap((cidr, index) => invalidFor(CIDRS.index(index), cidr, validateCidr(cidr)));
  const [first, second] = cidrs.map((cidr) => parseCidr(cidr)?.family);
  if (cidrs.length < 2 || first === undefined || first !== second) return errors;
  const oneOfEach = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';
  return [...errors, invalid(CIDRS, cidrs, oneOfEach)];
}

/** A second family may be added; nothing else changes. */
function validateUpdate(cidrs: readonly string[], old: readonly string[], shown: JsonValue): readonly FieldError[] {
  const changed = old.flatMap((cidr, index) =>
    cidr === cidrs[index] ? NONE : [invalid(CIDRS.index(index), cidrs[index] ?? null, FIELD_IS_IMMUTABLE)],
  );
  if (old.length === cidrs.length) return changed;
  if (old.length === 1 && cidrs.length === 2) return [...changed, ...validateCidrs(cidrs)];
  return [invalid(CIDRS, shown, FIELD_IS_IMMUTABLE)];
}
