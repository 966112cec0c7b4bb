import type { CelType } from './type.ts';
import { DURATION, DYN, TIMESTAMP, isDynOrError, sameType } from './type.ts';

/** What is known of type variables, by name. */
export type Substitutions = ReadonlyMap<string, CelType>;

/** The substitutions under which a value of type `from` may stand for `to`; undefined where it may not. */
export function assign(known: Substitutions, to: CelType, from: CelType): Substitutions | undefined {
  const copy = new Map(known);
  return isAssignable(copy, to, from) ? copy : undefined;
}

export function assignAll(
  known: Substitutions,
  to: readonly CelType[],
  from: readonly CelType[],
): Substitutions | undefined {
  const copy = new Map(known);
  return to.length === from.length && to.every((type, index) => isAssignable(copy, type, from[index]!))
    ? copy
    : undefined;
}

/** Source: checker/types.go `internalIsAssignable` of cel-go, as vendored by 1.36. */
function isAssignable(known: Map<string, CelType>, a: CelType, b: CelType): boolean {
  if (b.kind === 'param') {
    const [valid, hasValue] = substituteFor(known, a, b);
    if (valid) return true;
    if (hasValue) return false;
  }
  if (a.kind === 'param') return substituteFor(known, b, a)[0];
  if (isDynOrError(a) || isDynOrError(b)) return true;
  if (a.kind === 'null') return isNullable(b) || b.kind === 'null';
  if (b.kind === 'null') return isNullable(a);
  if (a.kind !== b.kind || a.name !== b.name) return false;
  // The type of a type is known by that alone.
  if (a.kind === 'type') return true;
  return (
    a.params.length === b.params.length && a.params.every((type, index) => isAssignable(known, type, b.params[index]!))
  );
}

const isNullable = (type: CelType): boolean =>
  type.kind === 'struct' || type.kind === 'opaque' || type === TIMESTAMP || type === DURATION;

function substituteFor(known: Map<string, CelType>, type: CelType, variable: CelType): readonly [boolean, boolean] {
  if (type.kind === 'param' && type.name === variable.name) return [true, true];
  const before = known.get(variable.name);
  if (before !== undefined) {
    if (sameType(type, before)) return [true, true];
    if (!isAssignable(known, type, before)) return [false, true];
    const general = mostGeneral(type, before);
    if (!isReferenced(known, variable.name, general)) known.set(variable.name, general);
    return [true, true];
  }
  if (isReferenced(known, variable.name, type)) return [false, false];
  known.set(variable.name, type);
  return [true, false];
}

function isReferenced(known: Substitutions, name: string, type: CelType): boolean {
  if (type.kind === 'param') {
    if (type.name === name) return true;
    const value = known.get(type.name);
    return value !== undefined && isReferenced(known, name, value);
  }
  return type.params.some((part) => isReferenced(known, name, part));
}

export function mostGeneral(a: CelType, b: CelType): CelType {
  return isAsGeneral(a, b) ? a : b;
}

function isAsGeneral(a: CelType, b: CelType): boolean {
  if (isDynOrError(a) || a.kind === 'param') return true;
  if (isDynOrError(b) || b.kind === 'param') return false;
  if (a.kind !== b.kind || a.name !== b.name || a.params.length !== b.params.length) return false;
  return a.params.every((type, index) => isAsGeneral(type, b.params[index]!));
}

/** Puts in what is known; with `free` set, variables of which nothing is known become `dyn`. */
export function substitute(known: Substitutions, type: CelType, free = false): CelType {
  const value = type.kind === 'param' ? known.get(type.name) : undefined;
  if (value !== undefined) return substitute(known, value, free);
  if (type.kind === 'param') return free ? DYN : type;
  if (type.params.length === 0) return type;
  return { ...type, params: type.params.map((part) => substitute(known, part, free)) };
}
