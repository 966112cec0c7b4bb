import type { Lint } from '../lint.ts';
import type { ParameterTypes, Parameters } from './parameters.ts';
import type { TemplateKey } from './template-key.ts';

/**
 * A question of good practice that asks for what a person wants: one of kube-linter's templates that take parameters, by
 * kube-linter's names. Source: kube-linter 0.8.3, pkg/templates (Apache License 2.0).
 */
export interface LintTemplate {
  readonly key: TemplateKey;
  /** What it is asked about where a check does not say: kube-linter's kinds of objects. */
  readonly kinds: readonly string[];
  readonly parameters: ParameterTypes;
  /** What is wrong with parameters that are each good; the name of the parameter. */
  refuses?(parameters: Parameters): string | undefined;
  find(parameters: Parameters): Lint['find'];
}
