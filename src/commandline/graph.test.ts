import { describe, expect, it } from 'vitest';
import { inFolder } from './testing/in-folder.ts';
import { drydock } from './testing/run-in.ts';

const SHOP = `# The shop.
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: default
      containers:
        - name: web
          image: web:1
          ports: [{name: http, containerPort: 8080}]
          env:
            - {name: A, valueFrom: {configMapKeyRef: {name: gone, key: a}}}
            - {name: B, valueFrom: {configMapKeyRef: {name: maybe, key: b, optional: true}}}
---
apiVersion: v1
kind: Service
metadata: {name: lonely}
spec: {selector: {app: nobody}, ports: [{port: 1}]}
`;

interface Graph {
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  readonly references: readonly Readonly<Record<string, unknown>>[];
  readonly problems: readonly Readonly<Record<string, unknown>>[];
  readonly skipped: readonly Readonly<Record<string, unknown>>[];
}

async function graphOf(
  input: string,
  ...args: readonly string[]
): Promise<Graph & { code: number; said: readonly string[] }> {
  const { code, output, said } = await drydock(['graph', ...args, '-'], { input });
  return { code, said, ...(JSON.parse(output) as Graph) };
}

describe('drydock graph', () => {
  it('lists objects with their place in the text', async () => {
    const { objects, code } = await graphOf(SHOP);
    expect(code).toBe(0);
    expect(objects).toEqual(
      [
        {
          id: 'Service/shop/web',
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'shop',
          name: 'web',
          file: '-',
          line: 1,
        },
        {
          id: 'Deployment.apps/shop/web',
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'shop',
          name: 'web',
          file: '-',
          line: 9,
        },
        {
          id: 'Service/default/lonely',
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'default',
          name: 'lonely',
          file: '-',
          line: 27,
        },
      ].map((entry, index) => ({ ...entry, line: objects[index]!['line'] })),
    );
    const lines = SHOP.split('\n');
    for (const { line, kind } of objects)
      expect(lines.slice(Number(line) - 1, Number(line) + 2).join()).toContain(`kind: ${String(kind)}`);
  });

  it('lists references: to what is there, to what is missing, to nothing, to the outside', async () => {
    const { references } = await graphOf(SHOP);
    expect(references).toContainEqual({
      from: 'Service/shop/web',
      to: 'Deployment.apps/shop/web',
      type: 'serviceSelector',
      field: 'spec.selector',
      resolved: true,
      optional: false,
    });
    expect(references).toContainEqual({
      from: 'Deployment.apps/shop/web',
      to: 'ConfigMap/shop/gone',
      type: 'env',
      field: 'spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.name',
      resolved: false,
      optional: false,
      key: 'a',
    });
    expect(references.find(({ to }) => to === 'ConfigMap/shop/maybe')).toMatchObject({ optional: true, key: 'b' });
    expect(references.find(({ from }) => from === 'Service/default/lonely')).toEqual({
      from: 'Service/default/lonely',
      to: null,
      type: 'serviceSelector',
      field: 'spec.selector',
      resolved: false,
      optional: false,
      selector: 'app=nobody',
    });
    expect(references.find(({ type }) => type === 'image')).toMatchObject({
      to: null,
      external: { kind: 'image', value: 'web:1' },
    });
    expect(references.find(({ type }) => type === 'serviceAccount')).toMatchObject({
      to: 'ServiceAccount/shop/default',
      resolved: true,
    });
  });

  it('lists problems with a sentence, in English and in Chinese', async () => {
    const { problems } = await graphOf(SHOP);
    const missing = problems.find(({ id }) => id === 'reference.missing')!;
    expect(missing).toMatchObject({
      severity: 'error',
      object: 'Deployment.apps/shop/web',
      file: '-',
      field: 'spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.name',
    });
    expect(missing['message']).toContain('gone');
    const { output } = await drydock(['graph', '-'], { input: SHOP, locale: 'zh_CN.UTF-8' });
    const chinese = (JSON.parse(output) as Graph).problems.find(({ id }) => id === 'reference.missing')!;
    expect(chinese['message']).toMatch(/[\u4e00-\u9fff]/);
    expect(chinese['message']).toContain('gone');
  });

  it('has nothing but these four lists, each entry on a line of its own', async () => {
    const { output } = await drydock(['graph', '-'], { input: SHOP });
    expect(Object.keys(JSON.parse(output) as object)).toEqual(['objects', 'references', 'problems', 'skipped']);
    const entries = output.split('\n').filter((line) => line.startsWith('{"') && !line.startsWith('{"objects"'));
    const { objects, references, problems } = JSON.parse(output) as Graph;
    expect(entries).toHaveLength(objects.length + references.length + problems.length);
    expect((await drydock(['graph', '-'], { input: SHOP })).output).toBe(output);
  });

  it('uses what reads and lists what does not, with file, line and reason', async () => {
    const { code, objects, skipped, said } = await graphOf(`${SHOP}---\na: [\n---\nreplicas: 3\n---\nkind: {{ x }}\n`);
    expect(code).toBe(0);
    expect(objects).toHaveLength(3);
    expect(skipped.map(({ file }) => file)).toEqual(['-', '-', '-']);
    for (const { line, reason } of skipped) {
      expect(Number(line)).toBeGreaterThan(30);
      expect(String(reason)).toMatch(/\w{4}/);
    }
    expect(said).toHaveLength(3);
  });

  it.each([
    ['broken text', 'a: [\n', 2],
    ['what is no text', new Uint8Array([0, 1, 2]), 2],
    ['nothing', '', 0],
    ['only comments', '# nothing\n', 0],
    ['a broken document beside a good one', `a: [\n---\n${SHOP}`, 0],
  ])('ends well or badly on %s', async (_, input, code) => {
    const answer = await drydock(['graph', '-'], { input });
    expect(answer.code).toBe(code);
    if (code === 2)
      expect(answer).toMatchObject({
        output: '',
        said: [expect.stringContaining('-:1'), 'nothing readable in the input'],
      });
    else expect(() => JSON.parse(answer.output) as unknown).not.toThrow();
  });

  it.each([
    [['graph'], 'no PATH given'],
    [['graph', '-o', 'png', '-'], 'unknown format "png"'],
    [['graph', '--what', '-'], '--what'],
    [['sail'], 'unknown command "sail"'],
  ])('refuses %j', async (args, said) => {
    const answer = await drydock(args);
    expect(answer.code).toBe(2);
    expect(answer.output).toBe('');
    expect(answer.said.join('\n')).toContain(said);
    expect(answer.said.at(-1)).toBe('see: drydock help');
  });

  it('says who it is', async () => {
    expect(await drydock(['--version'])).toEqual({ code: 0, output: '9.9.9\n', said: [] });
    for (const args of [['help'], ['-h'], ['validate', '--help'], ['graph', '-o', 'json', '-h']])
      expect(await drydock(args)).toMatchObject({ code: 0, output: expect.stringContaining('drydock 9.9.9') });
    expect(await drydock(['graph', '--', '--help'])).toMatchObject({ code: 2, output: '' });
    expect((await drydock([])).code).toBe(2);
  });
});

describe('paths', () => {
  it('are files, and folders searched to the bottom, each file once and in order', async () => {
    await inFolder(
      { 'b.yaml': SHOP, 'a/x.yml': SHOP, 'a/y.JSON': '{"apiVersion":"v1","kind":"Secret"}', 'a/z.txt': 'no' },
      async (folder) => {
        const { code, output } = await drydock(['graph', folder, `${folder}/b.yaml`, `${folder}/a/../b.yaml`]);
        expect(code).toBe(0);
        const files = [
          ...new Set((JSON.parse(output) as Graph).objects.map(({ file }) => String(file).slice(folder.length))),
        ];
        expect(files).toEqual(['/a/x.yml', '/a/y.JSON', '/b.yaml']);
      },
    );
  });

  it('that do not exist are listed among others and end badly alone', async () => {
    await inFolder({ 'a.yaml': SHOP, 'c.yaml': new Uint8Array([0]) }, async (folder) => {
      const answer = await drydock(['graph', `${folder}/a.yaml`, `${folder}/b.yaml`, `${folder}/c.yaml`]);
      expect(answer.code).toBe(0);
      expect((JSON.parse(answer.output) as Graph).skipped).toMatchObject([
        { file: `${folder}/b.yaml`, line: 0, reason: expect.stringContaining('ENOENT') as string },
        { file: `${folder}/c.yaml`, line: 1 },
      ]);
      expect((await drydock(['graph', `${folder}/b.yaml`])).code).toBe(2);
    });
    await inFolder({}, async (folder) => {
      const answer = await drydock(['graph', folder]);
      expect(answer).toEqual({ code: 2, output: '', said: ['nothing readable in the input'] });
    });
  });
});

describe('pictures', () => {
  const EVIL = `apiVersion: v1
kind: ConfigMap
metadata: {name: "a\\"]; <script>alert(1)</script> & \\\\ #quot; \\u202e\\u0007\\n--> x"}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers: [{name: a, image: a, envFrom: [{configMapRef: {name: "a\\"]; <script>alert(1)</script> & \\\\ #quot; \\u202e\\u0007\\n--> x"}}]}]
`;

  it('are Mermaid, with names that cannot leave their quotes', async () => {
    const { output } = await drydock(['graph', '-o', 'mermaid', '-'], { input: SHOP });
    expect(output).toMatch(/^flowchart LR\n {2}subgraph f0\["shop"\]\n/);
    expect(output).toMatch(/n0 -\.->\|"app#61;web"\| n1/);
    expect(output).toContain('class n');
    const evil = (await drydock(['graph', '-o', 'mermaid', '-'], { input: EVIL })).output;
    for (const line of evil.split('\n')) expect((line.match(/"/g) ?? []).length % 2).toBe(0);
    expect(evil).not.toMatch(/<script|alert\(1\)/);
  });

  it('are DOT, with names that cannot leave their quotes', async () => {
    const { output } = await drydock(['graph', '-o', 'dot', '-'], { input: SHOP });
    expect(output).toMatch(/^digraph drydock \{\n/);
    expect(output).toMatch(/"[^"]+" -> "[^"]+" \[style=dashed, label="app=web"\];/);
    const evil = (await drydock(['graph', '-o', 'dot', '-'], { input: EVIL })).output;
    for (const line of evil.split('\n')) expect(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')).not.toMatch(/["<]/);
    expect(evil.endsWith('}\n')).toBe(true);
  });

  it('are SVG that does nothing but show', async () => {
    const { output, code } = await drydock(['graph', '-o', 'svg', '-'], { input: SHOP });
    expect(code).toBe(0);
    expect(output).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="[-0-9. ]+" width="\d/);
    expect(output).toContain('>web<');
    expect(output).toContain('>gone<');
    const evil = (await drydock(['graph', '-o', 'svg', '-'], { input: EVIL })).output;
    for (const text of [output, evil]) {
      expect(text).not.toMatch(
        /<(?:script|style|foreignObject|image|a|use|iframe)\b|\son\w+=|href|javascript:|url\((?!#arrow)/i,
      );
      expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
      const tags = [...text.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)].filter(([, , , self]) => self === '');
      const open: string[] = [];
      for (const [, end, name] of tags) {
        if (end === '') open.push(name!);
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }
  });
});
