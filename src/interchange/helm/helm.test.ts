import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles } from '../../design/import.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import { compareFiles } from '../compare/compare-files.ts';
import { chosenValues, usualValues } from './chart-values.ts';
import { writeChart } from './write-chart.ts';

const design = (text: string, path = 'design.yaml') =>
  addFiles(EMPTY_DESIGN, [readManifest(path, text)], BUILT_IN_KINDS);

/**
 * What Helm makes of the two forms that a chart of ours uses: a value as JSON, and a text in quotes. No other form is
 * understood here, and one that is left over fails the test. It is no Helm.
 */
function rendered(template: string, values: unknown): string {
  const text = template.replaceAll(
    /\{\{ (?:\.Values\.([\w.]+) \| toJson|"(\{\{)") \}\}/g,
    (_, key: string | undefined, braces: string | undefined) => {
      if (key === undefined) return braces!;
      const value = key
        .split('.')
        .reduce<unknown>((current, part) => (current as Record<string, unknown>)[part], values);
      expect(value, key).toBeDefined();
      return JSON.stringify(value);
    },
  );
  return text;
}

async function differences(text: string, path?: string) {
  const given = design(text, path);
  const { files, notes } = writeChart(given, BUILT_IN_KINDS, {
    name: 'shop',
    values: usualValues(given, BUILT_IN_KINDS),
  });
  const values: unknown = parse(files.find((file) => file.path === 'values.yaml')!.content);
  const templates = files.filter((file) => file.path.startsWith('templates/'));
  const back = templates.map((file) => readManifest(file.path, rendered(file.content, values)));
  const compared = await compareFiles([readManifest('design.yaml', text)], back, BUILT_IN_KINDS);
  return { files, notes, values, differences: compared.differences, same: compared.same };
}

describe('a Helm chart', () => {
  it('has the chosen fields in its values, and gives the design back', async () => {
    const text = readFileSync(new URL('../../../templates/architectures/shop/design.yaml', import.meta.url), 'utf8');
    const { files, values, differences: found, same } = await differences(text);
    expect(found).toEqual([]);
    expect(same).toBeGreaterThan(8);
    expect(files.map(({ path }) => path)).toEqual(['Chart.yaml', 'values.yaml', 'templates/design.yaml']);
    expect(parse(files[0]!.content)).toMatchObject({ apiVersion: 'v2', name: 'shop', version: '0.1.0' });
    expect(values).toMatchObject({
      web: { replicas: expect.any(Number) as number, image: expect.any(String) as string },
    });
    expect(files[2]!.content).toMatch(/replicas: \{\{ \.Values\.\w+\.replicas \| toJson \}\}/);
  });

  const names = readdirSync(new URL('../../../templates/architectures', import.meta.url));
  it.each(names)('of %s gives the design back', async (name) => {
    const text = readFileSync(new URL(`../../../templates/architectures/${name}/design.yaml`, import.meta.url), 'utf8');
    const { differences: found, notes } = await differences(text);
    expect({ found, notes }).toEqual({ found: [], notes: [] });
  });

  it('keeps braces, quotes and odd values from Helm', async () => {
    const text = `# {{ .Values.trap }}
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {t: "{{ x }}", u: '{{- "y" -}}'}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  replicas: 12345678
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec: {containers: [{name: one, image: "on:1"}, {name: two-b, image: 'x/<y>&"z"'}]}
`;
    const { differences: found, values } = await differences(text);
    expect(found).toEqual([]);
    expect(values).toEqual({ a: { replicas: 12345678, oneImage: 'on:1', twoBImage: 'x/<y>&"z"' } });
  });

  it('writes JSON as YAML, leaves out what does not read, and says so', async () => {
    const json = await differences(
      '{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"type":"NodePort","ports":[{"port":1}]}}',
      'a.json',
    );
    expect(json.files.map(({ path }) => path)).toContain('templates/a.yaml');
    expect(json.differences).toEqual([]);
    const { notes, differences: found } = await differences(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\na: [\n',
    );
    expect(notes).toMatchObject([{ id: 'helm.unread', kind: 'lost', file: 'design.yaml' }]);
    expect(found).toEqual([]);
  });

  it('takes any field that a person chose', () => {
    const given = design(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: my-conf}\ndata: {MODE: fast, mode: slow}\n',
    );
    const [record] = given.records.keys();
    const values = chosenValues(given, [
      { record: record!, field: ['data', 'MODE'] },
      { record: record!, field: ['data', 'mode'] },
      { record: record!, field: ['data'] },
    ]);
    const { files } = writeChart(given, BUILT_IN_KINDS, { name: 'x', values });
    expect(parse(files[1]!.content)).toEqual({ myConf: { mODE: 'fast', mode: 'slow' } });
    expect(files[2]!.content).toContain(
      '{MODE: {{ .Values.myConf.mODE | toJson }}, mode: {{ .Values.myConf.mode | toJson }}}',
    );
  });
});
