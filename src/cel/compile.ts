import { check } from './check.ts';
import type { Environment } from './check.ts';
import type { Overload } from './declarations.ts';
import type { Expression } from './expression.ts';
import { instantiationError } from './instantiation.ts';
import { formatIssues } from './issue.ts';
import { literalIssues } from './literal-validation.ts';
import { parse } from './parse.ts';
import type { CelType } from './type.ts';

export interface Program {
  readonly expression: Expression;
  /** What the expression evaluates to. */
  readonly type: CelType;
  /** The variables that it speaks of. */
  readonly used: ReadonlySet<string>;
  /** Why no program can be made of it, though it compiles. */
  readonly instantiationError: string | undefined;
  /** The type of a part of the expression; undefined for what is only a part of a name. */
  typeOf(node: Expression): CelType | undefined;
  /** What a call may call, by the types of its arguments. */
  overloadsOf(call: Expression): readonly Overload[];
}

export type Compiled =
  | { readonly ok: true; readonly program: Program }
  | { readonly ok: false; readonly message: string };

/** Parses and type-checks; `message` holds all errors as cel-go prints them. */
export function compile(text: string, environment: Environment): Compiled {
  const parsed = parse(text, environment.hasBindings);
  if (!parsed.ok) return { ok: false, message: formatIssues(text, parsed.issues) };
  const { issues, ...checked } = check(parsed.expression, environment);
  const all = issues.length > 0 ? issues : literalIssues(parsed.expression);
  if (all.length > 0) return { ok: false, message: formatIssues(text, all) };
  return {
    ok: true,
    program: { expression: parsed.expression, instantiationError: instantiationError(parsed.expression), ...checked },
  };
}
