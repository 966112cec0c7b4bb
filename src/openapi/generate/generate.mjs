// Makes src/openapi/generated/ from the pinned packages: `npm run schema`. Does nothing when their versions and this
// folder are as they were; `--force` makes it all the same. Needs no network.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { planChunks } from './chunks.mjs';
import { encodeTypes } from './encode.mjs';
import { packageRoots } from './package-roots.mjs';
import { addDefinitions } from './read-definitions.mjs';
import { readValidators } from './read-validators.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const marksFile = join(here, '../data/list-marks-1.36.json');
const optionalTypesFile = join(here, '../data/optional-types-1.36.json');
const output = join(here, '../generated');

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Changes whenever an input does: the packages' versions, the committed tables, these scripts. */
function inputStamp() {
  const hash = createHash('sha256');
  for (const root of packageRoots) hash.update(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
  for (const file of [marksFile, optionalTypesFile]) hash.update(readFileSync(file));
  for (const name of readdirSync(here).sort())
    if (!name.startsWith('derive-')) hash.update(readFileSync(join(here, name)));
  return hash.digest('hex');
}

/** A module that parses its JSON when loaded: a tenth of the time of an object literal, and nothing for the compiler to infer. */
function moduleOf(type, value) {
  const literal = JSON.stringify(value)
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `import type { ${type} } from '../../structure-chunk.ts';\n\nexport default JSON.parse('${literal}') as ${type};\n`;
}

function indexModule({ chunks, needs }) {
  const importMap = (folder) =>
    [...chunks.keys()].map((chunk) => `  '${chunk}': () => import('./${folder}/${chunk}.ts'),\n`).join('');
  return `import type { DescriptionChunk, StructureChunk } from '../structure-chunk.ts';

/** The chunks that a group's kinds need, those first that others build on. */
export const CHUNKS_OF_GROUP: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries([...needs].sort()))};

type Load<T> = () => Promise<{ readonly default: T }>;

export const STRUCTURE: Readonly<Record<string, Load<StructureChunk>>> = {
${importMap('structure')}};

export const DESCRIPTIONS: Readonly<Record<string, Load<DescriptionChunk>>> = {
${importMap('descriptions')}};
`;
}

/** What every object's apiVersion and kind mean: no kind's own declaration says it, one written out inside another does. */
function typeMetaTexts(declarations) {
  const inline = [...declarations.values()].find(
    (type) => type.isInline && type.descriptions.apiVersion && type.descriptions.kind,
  );
  return ['', { apiVersion: inline?.descriptions.apiVersion, kind: inline?.descriptions.kind }];
}

function describe(chunkName, ids, types, declarations) {
  const chunk = chunkName === 'meta' ? { 'meta/v1.TypeMeta': typeMetaTexts(declarations) } : {};
  for (const id of ids) {
    const { type, fields } = types.get(id).descriptions;
    chunk[id] = [type, Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''))];
  }
  return chunk;
}

const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);

function report(rows) {
  console.log(`${'chunk'.padEnd(36)}types  structure      gz  descriptions  gz (kB)`);
  const total = ['total', 0, 0, 0, 0, 0];
  const line = ([name, count, ...sizes]) =>
    console.log(`${name.padEnd(36)}${String(count).padStart(5)}  ${sizes.map(kilobytes).join('')}`);
  for (const row of rows) {
    line(row);
    for (let i = 1; i < row.length; i++) total[i] += row[i];
  }
  line(total);
}

async function generate() {
  const started = performance.now();
  // The TypeScript parser takes half a second to load; nothing else needs it.
  const { readDeclarations } = await import('./read-declarations.mjs');
  const declarations = readDeclarations(packageRoots);
  const validators = readValidators(packageRoots);
  addDefinitions(readJson(optionalTypesFile).definitions, declarations, validators);
  const types = encodeTypes(declarations, validators, readJson(marksFile).types);
  const plan = planChunks(types);
  rmSync(output, { recursive: true, force: true });
  for (const folder of ['structure', 'descriptions']) mkdirSync(join(output, folder), { recursive: true });
  const rows = [];
  for (const [chunk, ids] of plan.chunks) {
    const structure = moduleOf('StructureChunk', Object.fromEntries(ids.map((id) => [id, types.get(id).encoded])));
    const descriptions = moduleOf('DescriptionChunk', describe(chunk, ids, types, declarations));
    writeFileSync(join(output, 'structure', `${chunk}.ts`), structure);
    writeFileSync(join(output, 'descriptions', `${chunk}.ts`), descriptions);
    rows.push([
      chunk,
      ids.length,
      ...[structure, descriptions].flatMap((text) => [Buffer.byteLength(text), gzipSync(text, { level: 9 }).length]),
    ]);
  }
  writeFileSync(join(output, 'index.ts'), indexModule(plan));
  report(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
  const kinds = [...plan.chunks.values()].flat().filter((id) => types.get(id).isKind).length;
  console.log(
    `${declarations.size} declarations, ${kinds} kinds, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

const stamp = inputStamp();
const stampFile = join(output, 'stamp');
if (!process.argv.includes('--force') && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
  console.log('The schema of Kubernetes 1.36 is up to date.');
} else {
  await generate();
  writeFileSync(stampFile, stamp);
}
