import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asObject, booleanAt, isJsonObject, nameAt, objectAt, valueAt } from '../../base/json.ts';
import { readManifest } from '../../manifest/read.ts';
import type { CustomCheck } from './custom-check.ts';
import { LINTS, lintNamed } from './index.ts';
import { LINT_GROUPS } from './lint.ts';
import type { LintSwitches } from './switches.ts';
import { PLAIN_TEMPLATES, TEMPLATES } from './templates/index.ts';
import { readParameters, stringsOf } from './templates/parameters.ts';
import type { ParameterProblem } from './templates/parameters.ts';

/** Something in a configuration that cannot be used; the rest of it still counts. */
export interface ConfigurationProblem {
  readonly id: ConfigurationProblemId;
  /** `customChecks[2].params.key`. */
  readonly field: string;
  readonly params: Readonly<Record<string, string>>;
}

export type ConfigurationProblemId =
  | ParameterProblem['id']
  | 'lintConfig.unreadable'
  | 'lintConfig.unknownField'
  | 'lintConfig.unknownLint'
  | 'lintConfig.unknownTemplate'
  | 'lintConfig.unnamed'
  | 'lintConfig.together';

interface LintConfiguration {
  readonly switches: LintSwitches;
  readonly problems: readonly ConfigurationProblem[];
}

const HEADER = 'apiVersion: drydock.dev/v1\nkind: Lints\n';
const CHECKS = ['addAllBuiltIn', 'doNotAutoAddDefaults', 'include', 'exclude'];
const CHECK = ['name', 'template', 'params', 'description', 'remediation', 'scope'];

/**
 * Reads which lints are asked, and questions with parameters: kube-linter's own configuration file, as it is or as a
 * document `kind: Lints` of `drydock.dev/v1`. `checks.include` and `checks.exclude` take groups of lints too. Paths that
 * kube-linter would pass over are for the command line to name. Source: kube-linter 0.8.3, pkg/config/config.go.
 */
export function readLintConfiguration(text: string): LintConfiguration {
  const object = objectIn(text);
  if (object === undefined)
    return { switches: { on: [], off: [] }, problems: [{ id: 'lintConfig.unreadable', field: '', params: {} }] };
  const problems: ConfigurationProblem[] = [];
  known(object, ['apiVersion', 'kind', 'metadata', 'checks', 'customChecks'], '', problems);
  const switches = readSwitches(objectAt(object, 'checks') ?? {}, problems);
  const written = valueAt(object, 'customChecks');
  const checks = (Array.isArray(written) ? (written as readonly JsonValue[]) : []).flatMap((check, index) =>
    readCheck(check, `customChecks[${index}]`, problems),
  );
  return { switches: checks.length === 0 ? switches : { ...switches, checks }, problems };
}

/** A configuration has no kind of its own: it is read as if it had. */
function objectIn(text: string): JsonObject | undefined {
  const body = text.replace(/^(?:[ \t]*(?:#.*)?\r?\n)*---.*\r?\n/, '');
  const isJson = body.trimStart().startsWith('{');
  const header = isJson ? body.replace('{', '{"apiVersion": "drydock.dev/v1", "kind": "Lints", ') : `${HEADER}${body}`;
  const whole = /^kind:/m.test(body) ? body : header;
  const { segments } = readManifest('lints.yaml', whole);
  const objects = segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : []));
  return objects.length === 1 ? objects[0]?.object : undefined;
}

function readSwitches(checks: JsonObject, problems: ConfigurationProblem[]): LintSwitches {
  known(checks, [...CHECKS, 'ignorePaths'], 'checks', problems);
  const names = (field: string): readonly string[] =>
    stringsOf(checks[field]).filter((name, index) => {
      if (isName(name)) return true;
      problems.push({ id: 'lintConfig.unknownLint', field: `checks.${field}[${index}]`, params: { lint: name } });
      return false;
    });
  const [included, excluded] = [names('include'), names('exclude')];
  const all =
    booleanAt(checks, 'addAllBuiltIn') === true ? LINTS.filter((lint) => lint.kubeLinter).map(({ id }) => id) : [];
  // Of what is both in and out, it is out.
  const on = [...all, ...included].filter((name) => !excluded.includes(name));
  const off = booleanAt(checks, 'doNotAutoAddDefaults') === true ? ['all', ...excluded] : excluded;
  return { on: [...new Set(on)], off };
}

function isName(name: string): boolean {
  return name === 'all' || LINT_GROUPS.some((group) => group === name) || lintNamed(name) !== undefined;
}

function readCheck(value: JsonValue, field: string, problems: ConfigurationProblem[]): readonly CustomCheck[] {
  const check = asObject(value) ?? {};
  known(check, CHECK, field, problems);
  const [name, template, description] = ['name', 'template', 'description'].map((key) => nameAt(check, key));
  if (name === undefined || template === undefined) {
    problems.push({ id: 'lintConfig.unnamed', field, params: {} });
    return [];
  }
  const params = objectAt(check, 'params') ?? {};
  const faults = parameterProblems(template, params);
  problems.push(
    ...faults.map(({ id, name: parameter, params: more }) => ({
      id,
      field: `${field}.${parameter === undefined ? 'template' : `params.${parameter}`}`,
      params: more,
    })),
  );
  if (faults.length > 0) return [];
  const kinds = stringsOf(valueAt(check, 'scope', 'objectKinds'));
  return [
    {
      name,
      template,
      params,
      ...(description === undefined ? {} : { description }),
      ...(kinds.length > 0 && { kinds }),
    },
  ];
}

interface TemplateProblem {
  readonly id: ConfigurationProblemId;
  readonly name?: string;
  readonly params: ConfigurationProblem['params'];
}

function parameterProblems(key: string, params: JsonObject): readonly TemplateProblem[] {
  const template = TEMPLATES.find((one) => one.key === key);
  if (template === undefined) {
    if (Object.hasOwn(PLAIN_TEMPLATES, key)) return [];
    const names = [...TEMPLATES.map((one) => one.key), ...Object.keys(PLAIN_TEMPLATES)].sort();
    return [{ id: 'lintConfig.unknownTemplate', params: { template: key, known: names.join(', ') } }];
  }
  const { parameters, problems } = readParameters(params, template.parameters);
  if (problems.length > 0) return problems;
  const refused = template.refuses?.(parameters);
  return refused === undefined ? [] : [{ id: 'lintConfig.together', name: refused, params: {} }];
}

function known(object: JsonObject, fields: readonly string[], at: string, problems: ConfigurationProblem[]): void {
  if (!isJsonObject(object)) return;
  for (const key of Object.keys(object)) {
    if (fields.includes(key)) continue;
    const field = at === '' ? key : `${at}.${key}`;
    problems.push({ id: 'lintConfig.unknownField', field, params: { known: fields.join(', ') } });
  }
}
