import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { diskTree } from '../../src/commandline/disk-tree.ts';
import { convertCompose } from '../../src/interchange/compose/convert-compose.ts';
import { compareFiles } from '../../src/interchange/compare/compare-files.ts';
import { memoryTree } from '../../src/interchange/file-tree.ts';
import type { FileTree } from '../../src/interchange/file-tree.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { CORPORA } from './corpora.ts';
import { choiceFor } from './kompose-choices.ts';
import type { DifferenceLine } from './kompose-choices.ts';

const KOMPOSE = join(CORPORA, 'kompose');

export interface KomposeRow {
  readonly name: string;
  readonly result: 'equal' | 'different by choice' | 'failing' | 'left out';
  /** Why it differs, each once; what differs without a reason, for a failing one. */
  readonly reasons: readonly string[];
}

interface Conversion {
  readonly command: string;
  readonly expected: readonly string[];
}

/** Cases that ask kompose for something else than a conversion to Kubernetes of files that are here. */
function leftOut({ command, expected }: Conversion): string | undefined {
  if (command.includes('openshift')) return 'output for OpenShift';
  if (!expected.some((path) => path.includes('fixtures/'))) return 'checks that kompose builds and pushes images';
  if (command.includes('--no-interpolate')) return 'variables are always put in';
  return undefined;
}

/** Files that the corpus left out, as the expected output shows them. */
const MISSING: Readonly<Record<string, string | Uint8Array>> = {
  'tls/a.crt': 'test-crt-data...',
  'tls/a.key': 'test-key-data....',
  'configs.tar': new Uint8Array([0, 255]),
  'certs/cert1.pem': 'content of file cert1.pem\n',
  'certs-level1/certs-level2/certs-level3/cert2.pem': 'content from file cert2.pem',
  'users.php': 'content from file users.php\n',
};

function withMissing(name: string, tree: FileTree): FileTree {
  if (!/^(?:configmap-|multiple-type-volumes)/.test(name)) return tree;
  const missing = memoryTree(Object.entries(MISSING));
  return {
    read: (path) => tree.read(path) ?? missing.read(path),
    list: (path) => tree.list(path) ?? missing.list(path),
  };
}

/** Every conversion of kompose's own tests against what kompose gives, by object and field. */
export async function komposeTable(): Promise<readonly KomposeRow[]> {
  const conversions = JSON.parse(readFileSync(join(KOMPOSE, 'expected-conversions.json'), 'utf8')) as Conversion[];
  const rows: KomposeRow[] = [];
  for (const conversion of conversions) {
    const reason = leftOut(conversion);
    const name = /fixtures\/(.+)/.exec(conversion.expected[0]!)?.[1] ?? conversion.command.slice(0, 60);
    rows.push(
      reason === undefined ? await compared(conversion, name) : { name, result: 'left out', reasons: [reason] },
    );
  }
  return rows;
}

async function compared({ command }: Conversion, name: string): Promise<KomposeRow> {
  const folder = dirname(join(KOMPOSE, 'fixtures', name));
  const named = [...command.matchAll(/-f\s+\S*fixtures\/(\S+)/g)].map((match) => join(KOMPOSE, 'fixtures', match[1]!));
  // One case names its files by an environment variable.
  const files =
    named.length > 0 ? named : ['alternative-compose.yaml', 'compose.yaml'].map((file) => join(folder, file));
  const { files: written, notes } = convertCompose(
    files.map((file) => relative(folder, file)),
    withMissing(name, diskTree(folder)),
  );
  const text = readFileSync(join(KOMPOSE, 'fixtures', name), 'utf8');
  const theirs = readManifest('kompose.yaml', text.replaceAll('io.kompose.service', 'app'));
  if (!existsSync(files[0]!) || written.length === 0)
    return { name, result: 'failing', reasons: notes.map(({ id, params }) => `${id} ${JSON.stringify(params)}`) };
  const { differences } = await compareFiles(
    [theirs],
    [readManifest('ours.yaml', written[0]!.content)],
    BUILT_IN_KINDS,
  );
  const lines = differences.flatMap(({ id, change, fields }): readonly DifferenceLine[] =>
    change === 'changed' ? fields.map((field) => ({ id, change, ...field })) : [{ id, change, field: '' }],
  );
  const reasons = new Set<string>();
  const unexplained: string[] = [];
  for (const line of lines) {
    const choice = choiceFor(name, line);
    if (choice === undefined)
      unexplained.push(`${line.change} ${line.id} ${JSON.stringify({ ...line, id: undefined, change: undefined })}`);
    else reasons.add(choice);
  }
  if (unexplained.length > 0) return { name, result: 'failing', reasons: unexplained };
  return { name, result: reasons.size === 0 ? 'equal' : 'different by choice', reasons: [...reasons] };
}
