import type { JsonObject } from '../../base/json.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem, ProblemId } from '../problem.ts';
import { lintNamed } from './index.ts';
import type { Lint, LintContext } from './lint.ts';
import { ignores } from './switches.ts';
import { PLAIN_TEMPLATES, TEMPLATES } from './templates/index.ts';
import { readParameters } from './templates/parameters.ts';
import { workloadOf } from './workload.ts';

/** A question with a name and parameters of a person's own: `customChecks[]` of kube-linter's configuration. Plain data. */
export interface CustomCheck {
  readonly name: string;
  /** A template's key. */
  readonly template: string;
  readonly params: JsonObject;
  /** Why it matters, in the words of whoever asks. */
  readonly description?: string;
  /** kube-linter's kinds of objects: `DeploymentLike`, `Service`, `Any`; those of the template where left out. */
  readonly kinds?: readonly string[];
}

/** A custom check, ready to be asked. */
export interface CustomLint {
  problems(context: LintContext): readonly Problem[];
}

/** The lints that checks come to; what their configuration was found wrong for asks nothing. */
export function customLints(checks: readonly CustomCheck[] = []): readonly CustomLint[] {
  return checks.flatMap((check) => customLint(check) ?? []);
}

function customLint({ name, template: key, params, description = '', kinds }: CustomCheck): CustomLint | undefined {
  const template = TEMPLATES.find((known) => known.key === key);
  const plain = Object.hasOwn(PLAIN_TEMPLATES, key) ? PLAIN_TEMPLATES[key] : undefined;
  const find = template ? finderOf(template, params) : plain && lintNamed(plain)?.find;
  const id: ProblemId | undefined = template ? `lint.custom.${template.key}` : plain && `lint.${plain}`;
  if (find === undefined || id === undefined) return undefined;
  const scope = kinds === undefined || kinds.length === 0 ? (template?.kinds ?? ['Any']) : kinds;
  return {
    problems: (context) =>
      [...find(context)].flatMap(({ record: recordId, field, params: found = {}, related }): readonly Problem[] => {
        const record = context.records.get(recordId);
        if (record === undefined || !isOfKinds(record, scope, context.registry) || ignores(record.object, name))
          return [];
        const own = { ...found, check: name, description };
        return [{ id, severity: 'warning', record: recordId, field, params: own, ...(related && { related }) }];
      }),
  };
}

function finderOf(template: (typeof TEMPLATES)[number], params: JsonObject): Lint['find'] | undefined {
  const { parameters, problems } = readParameters(params, template.parameters);
  return problems.length > 0 || template.refuses?.(parameters) !== undefined ? undefined : template.find(parameters);
}

const JOBS = ['Job', 'CronJob'];

/** Kinds of objects as kube-linter names them. Source: kube-linter, pkg/objectkinds. */
function isOfKinds(record: DesignRecord, kinds: readonly string[], registry: KindRegistry): boolean {
  return kinds.some((kind) => {
    if (kind === 'Any') return true;
    if (kind === 'DeploymentLike') return workloadOf(record, registry) !== undefined;
    return kind === 'JobLike' ? JOBS.includes(record.object.kind) : record.object.kind === kind;
  });
}
