import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asArray, asObject, arrayAt, numberAt, objectAt, stringAt } from '../base/json.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { commandlineMessages } from '../locales/commandline.ts';
import { runCommandline } from './run.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/** Runs the command on one text given on standard input. */
async function run(input: string, ...args: readonly string[]): Promise<Ran> {
  let [out, said] = ['', ''];
  const code = await runCommandline(
    ['validate', ...args],
    {
      write: async (text) => {
        out += typeof text === 'string' ? text : new TextDecoder().decode(text);
      },
      say: (text) => {
        said += `${text}\n`;
      },
      readInput: async () => new TextEncoder().encode(input),
      messages: commandlineMessages('en'),
    },
    '0.0.0',
  );
  return { code, out, said };
}

async function json(input: string, ...args: readonly string[]): Promise<JsonObject & { readonly exit: number }> {
  const { out, code } = await run(input, '-o', 'json', ...args, '-');
  return { ...(JSON.parse(out) as JsonObject), exit: code };
}

const only = (answer: JsonObject, list: string): JsonObject | undefined => asObject(arrayAt(answer, list)[0]);

const GOOD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n';

describe('exit codes', () => {
  it.each([
    ['a good object', GOOD, [], 0],
    ['a refused object', GOOD.replace('settings', 'Settings'), [], 1],
    ['an unknown kind', 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\n', [], 0],
    ['an unreadable document beside a good one', `${GOOD}---\na: [\n`, [], 1],
    ['a document that is no object', `${GOOD}---\nreplicas: 3\n`, [], 1],
    ['a format that is not known', GOOD, ['-o', 'xml'], 2],
    ['a release that is not known', GOOD, ['--release', '1.19'], 2],
    ['a release that is no release', GOOD, ['--release', 'latest'], 2],
  ] as const)('%s', async (_, input, args, code) => {
    expect((await run(input, ...args, '-')).code).toBe(code);
  });

  it('no path, or nothing that can be read', async () => {
    expect((await run('')).code).toBe(2);
    const missing = await run('', '/nowhere/at-all.yaml');
    expect(missing.code).toBe(2);
    expect(missing.said).toContain('/nowhere/at-all.yaml');
  });
});

describe('JSON', () => {
  it('names the field, the reason and the place of each refusal', async () => {
    const answer = await json(
      `# first\n${GOOD}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  bogus: 1\n  ports:\n    - port: 80\n      portt: 3\n`,
    );
    expect(answer.exit).toBe(1);
    expect(arrayAt(answer, 'objects')).toEqual([
      { id: 'ConfigMap/default/settings', file: '-', line: 2, valid: true, errors: [], warnings: [] },
      {
        id: 'Service/default/web',
        file: '-',
        line: 9,
        valid: false,
        code: 400,
        message:
          'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.bogus", unknown field "spec.ports[0].portt"',
        errors: [
          { field: 'spec.bogus', reason: 'BadRequest', message: 'unknown field "spec.bogus"', line: 14, column: 3 },
          {
            field: 'spec.ports[0].portt',
            reason: 'BadRequest',
            message: 'unknown field "spec.ports[0].portt"',
            line: 17,
            column: 7,
          },
        ],
        warnings: [],
      },
    ]);
    expect(answer).toMatchObject({ problems: [], skipped: [] });
  });

  it('puts a missing field at its parent, and items of a List at their lines', async () => {
    const answer = await json(
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    labels: {a: b}\n',
    );
    expect(objectAt(only(answer, 'objects'), 'errors', 0)).toEqual({
      field: 'metadata.name',
      reason: 'FieldValueRequired',
      message: 'Required value: name or generateName is required',
      line: 6,
      column: 3,
    });
  });

  it('refuses fields that stand twice, where the second stands', async () => {
    const answer = await json(`${GOOD}data:\n  c: d\n`);
    expect(objectAt(only(answer, 'objects'), 'errors', 0)).toMatchObject({
      message: 'duplicate field "data"',
      line: 7,
      column: 1,
    });
  });

  it('has no verdict without a schema, and says why', async () => {
    const answer = await json('apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\n');
    expect(only(answer, 'objects')).toEqual({
      id: 'Thing.example.com/default/x',
      file: '-',
      line: 1,
      valid: null,
      reason: 'nothing here defines the kind "Thing" of "example.com/v1"',
      errors: [],
      warnings: [],
    });
  });

  it('judges each of two objects with one identity, and tells of both', async () => {
    const answer = await json(`${GOOD}---\n${GOOD}`);
    expect(answer.exit).toBe(0);
    expect(arrayAt(answer, 'objects').map((object) => asObject(object)?.['valid'])).toEqual([true, true]);
    expect(stringAt(only(answer, 'problems'), 'id')).toBe('identity.duplicate');
  });

  it('lists what could not be read', async () => {
    const answer = await json(`${GOOD}---\na: [\n`);
    expect(numberAt(only(answer, 'skipped'), 'line')).toBe(8);
    expect(stringAt(only(answer, 'skipped'), 'file')).toBe('-');
  });
});

const budget = (version: string): string =>
  `apiVersion: policy/${version}\nkind: PodDisruptionBudget\nmetadata: {name: x}\nspec: {minAvailable: 1, selector: {}}\n`;

describe('--release', () => {
  it.each([
    ['v1beta1', '1.20', true],
    ['v1beta1', 'v1.24', true],
    ['v1beta1', '1.25', false],
    ['v1', '1.20', false],
    ['v1', '1.21', true],
    ['v1', '1.36', true],
  ])('policy/%s in %s: %s', async (version, release, valid) => {
    const answer = await json(budget(version), '--release', release);
    const object = only(answer, 'objects');
    expect(object).toMatchObject({ valid });
    if (!valid) {
      expect(objectAt(object, 'errors', 0)).toMatchObject({
        field: 'apiVersion',
        reason: 'NotFound',
        message: `no matches for kind "PodDisruptionBudget" in version "policy/${version}"`,
      });
    }
  });

  it('warns of versions that are about to go', async () => {
    const answer = await json(budget('v1beta1'), '--release', '1.24');
    expect(arrayAt(only(answer, 'objects'), 'warnings')).toEqual([
      'policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget',
    ]);
  });
});

describe('--lint-config', () => {
  const config = async (text: string, ...args: readonly string[]): Promise<Ran> => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    try {
      const file = join(folder, '.kube-linter.yaml');
      await writeFile(file, text);
      return await run(GOOD, '--lint-config', file, ...args, '-');
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const OWN =
    'checks: {doNotAutoAddDefaults: true}\ncustomChecks:\n- {name: team, template: required-label, params: {key: ^team$}}\n';

  it('asks what a file of kube-linter says, with checks of its own', async () => {
    const { code, out } = await config(OWN);
    expect(code).toBe(0);
    expect(out).toContain('team: No label is ^team$=<any>.');
  });

  it('refuses a file with faults, and names them', async () => {
    const { code, said } = await config(OWN.replace('key', 'label'));
    expect(code).toBe(2);
    expect(said).toContain('customChecks[0].params.label: The template has no such parameter; known: key, value.');
    expect(said).toContain('customChecks[0].params.key: The template needs this parameter.');
    expect((await run(GOOD, '--lint-config', '/nowhere/lints.yaml', '-')).code).toBe(2);
  });
});

describe('lints of the design itself', () => {
  const OWN = 'apiVersion: drydock.dev/v1\nkind: Lints\n';
  const asked = async (checks: string, ...args: readonly string[]): Promise<Ran> =>
    await run(`${GOOD}---\n${OWN}${checks}`, ...args, '-');
  const TEAM =
    'checks: {doNotAutoAddDefaults: true}\ncustomChecks:\n- {name: team, template: required-label, params: {key: ^team$}}\n';

  it('are asked without being named', async () => {
    const { code, out } = await asked(TEAM);
    expect(code).toBe(0);
    expect(out).toContain('team: No label is ^team$=<any>.');
    expect(out).not.toContain('Lints');
  });

  it('with faults are told and fail the check', async () => {
    const { code, said } = await asked(TEAM.replace('required-label', 'no-such-template'));
    expect(code).toBe(1);
    expect(said).toContain('customChecks[0].template: No template is named no-such-template');
  });
});

describe('--lint', () => {
  const POD =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {hostPID: true, containers: [{name: c, image: nginx}]}\n';
  const found = async (...args: readonly string[]): Promise<readonly (string | undefined)[]> =>
    arrayAt(await json(POD, ...args), 'problems').map((problem) => stringAt(problem, 'id'));

  it('is off where nobody asks', async () => {
    expect(await found()).toEqual([]);
    expect(await found('--lint=none')).toEqual([]);
  });
  it('alone asks the usual lints, and takes no path', async () => {
    const usual = await found('--lint');
    expect(usual).toContain('lint.host-pid');
    expect(usual).not.toContain('lint.no-node-affinity');
  });
  it('asks all, some or a group', async () => {
    expect(await found('--lint=all')).toContain('lint.no-node-affinity');
    expect(await found('--lint=latest-tag,restart-policy')).toEqual(['lint.latest-tag', 'lint.restart-policy']);
    expect(await found('--lint=hygiene')).not.toContain('lint.host-pid');
  });
  it('makes nothing invalid, and says what it does not know', async () => {
    expect(await json(POD, '--lint=all')).toMatchObject({ exit: 0, objects: [{ valid: true }] });
    const { code, said } = await run(POD, '--lint=nonsense', '-');
    expect(code).toBe(2);
    expect(said).toContain('unknown lint "nonsense"');
  });
  it('says why in SARIF', async () => {
    const { out } = await run(POD, '-o', 'sarif', '--lint=host-pid', '-');
    const rule = objectAt(JSON.parse(out) as JsonObject, 'runs', 0, 'tool', 'driver', 'rules', 0);
    expect(stringAt(rule, 'fullDescription', 'text')).toMatch(/every process of the node/);
  });
});

describe('text', () => {
  it('has one line a finding, as compilers write them', async () => {
    const { out, said } = await run(`${GOOD.replace('settings', 'a b')}---\n- x\n`, '-');
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^-:\d+:1: error: /);
    expect(lines[1]).toMatch(
      /^-:4:3: error: ConfigMap\/default\/a b: metadata\.name: Invalid value: "a b": a lowercase RFC 1123 subdomain/,
    );
    expect(said).toContain('1 objects: 0 valid, 1 refused, 0 of unknown kinds');
  });

  it('keeps a finding on its line whatever a name holds', async () => {
    const { out } = await run('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "a\\nb"}\n', '-');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('SARIF', () => {
  it('is a log of version 2.1.0 with its required parts', async () => {
    const { out, code } = await run(`${GOOD.replace('settings', 'Settings')}---\na: [\n`, '-o', 'sarif', '-');
    expect(code).toBe(1);
    const log = JSON.parse(out) as JsonObject;
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    const run0 = objectAt(log, 'runs', 0);
    expect(stringAt(run0, 'tool', 'driver', 'name')).toBe('drydock');
    const results = arrayAt(run0, 'results');
    const rules = arrayAt(run0, 'tool', 'driver', 'rules').map((rule: JsonValue) => stringAt(rule, 'id'));
    expect(results).toHaveLength(1);
    for (const result of results) {
      expect(rules).toContain(stringAt(result, 'ruleId'));
      expect(stringAt(result, 'message', 'text')).toMatch(/^metadata\.name: Invalid value/);
      expect(stringAt(result, 'level')).toBe('error');
      expect(objectAt(result, 'locations', 0, 'physicalLocation')).toMatchObject({
        artifactLocation: { uri: 'stdin' },
        region: { startLine: 4, startColumn: 3 },
      });
    }
    expect(asArray(arrayAt(run0, 'invocations', 0, 'toolExecutionNotifications'))).toHaveLength(1);
  });
});

describe('in Chinese', () => {
  it('puts a sentence before the server’s own words in text, and leaves JSON as it is', async () => {
    let out = '';
    const io = {
      write: async (text: string | Uint8Array) => {
        out += typeof text === 'string' ? text : new TextDecoder().decode(text);
      },
      say: () => undefined,
      readInput: async () =>
        new TextEncoder().encode('apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: x}\nspec: {replicas: -1}\n'),
      messages: commandlineMessages('zh_CN.UTF-8'),
    };
    await runCommandline(['validate', '-'], io, '0.0.0');
    expect(out).toContain('值无效：-1：必须大于或等于 0（Invalid value: -1: must be greater than or equal to 0）');
    out = '';
    await runCommandline(['validate', '-o', 'json', '-'], io, '0.0.0');
    expect(out).toContain('"Invalid value: -1: must be greater than or equal to 0"');
    expect(out).not.toContain('值无效');
  });
});

describe('against what a cluster runs', () => {
  const DEPLOYMENT = (app: string, replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${app}}}
  template:
    metadata: {labels: {app: ${app}}}
    spec: {containers: [{name: c, image: 'a:1'}]}
`;

  async function against(old: string, now: string): Promise<JsonObject & { readonly exit: number }> {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-'));
    try {
      await writeFile(join(folder, 'old.yaml'), old);
      return await json(now, '--against', join(folder, 'old.yaml'));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('refuses a change of what cannot be changed, in the words of an update', async () => {
    const answer = await against(`${GOOD}---\n${DEPLOYMENT('web', 1)}`, DEPLOYMENT('shop', 1));
    expect(answer.exit).toBe(1);
    expect(only(answer, 'objects')).toMatchObject({
      id: 'Deployment.apps/default/web',
      valid: false,
      code: 422,
      errors: [
        {
          field: 'spec.selector',
          reason: 'FieldValueInvalid',
          message: 'Invalid value: {"matchLabels":{"app":"shop"}}: field is immutable',
          line: 6,
        },
      ],
      against: { line: 8 },
    });
  });

  it('lets other changes pass, and objects that are new', async () => {
    const answer = await against(DEPLOYMENT('web', 1), `${DEPLOYMENT('web', 5)}---\n${GOOD}`);
    expect(answer.exit).toBe(0);
    expect(arrayAt(answer, 'objects').map((object) => objectAt(object, 'against') !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  it('cannot be told when the older form cannot be read', async () => {
    const { code, said } = await run(GOOD, '--against', '/nowhere/old.yaml', '-');
    expect(code).toBe(2);
    expect(said).toContain('/nowhere/old.yaml');
  });
});
