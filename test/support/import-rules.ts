/**
 * Who may import whom, as data. A file belongs to the first layer whose pattern matches its path under `src`. It may
 * import its own layer, what `may` lists, and the packages listed. Type-only imports count.
 */
export interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Names of layers. */
  readonly may: readonly string[];
  readonly packages: readonly RegExp[];
  /** Words that must not appear in code: what would make a run depend on the clock, on chance or on the browser. */
  readonly banned?: readonly RegExp[];
  /** Files that may wait for others to load, whatever `banned` says. */
  readonly loaders?: RegExp;
}

const TIMELESS = [/\bDate\b(?!['’])/, /\bMath\.random\b/, /\bsetTimeout\b/, /\bsetInterval\b/, /\bperformance\.now\b/];
const DOM = [
  /\bdocument\.(?:body|createElement|querySelector|getElementById|addEventListener)/,
  /\bwindow\./,
  /\blocalStorage\b/,
];
const HEADLESS = [...TIMELESS, ...DOM];
const SYNCHRONOUS = [/\basync\b/, /\bawait\b/, /\bPromise\b/];
const REACT = [/^react(?:-dom)?(?:\/|$)/, /^react-aria-components$/, /^lucide-react$/];
const NODE = [/^node:/];
const BELOW_WORKSPACE = [
  'base',
  'apimachinery',
  'openapi',
  'cel',
  'kinds',
  'admission',
  'manifest',
  'design',
  'scene',
  'simulator',
  'simulator-kubectl',
  'interchange',
  'lessons',
  'lesson-models',
];

export const LAYERS: readonly Layer[] = [
  { name: 'base', files: /^base\//, may: [], packages: [/^pure-rand\//], banned: HEADLESS },
  {
    name: 'apimachinery',
    files: /^apimachinery\//,
    may: ['base'],
    packages: [],
    banned: [...HEADLESS, ...SYNCHRONOUS],
  },
  // Build scripts run on Node before anything else exists.
  {
    name: 'openapi-generate',
    files: /^openapi\/generate\//,
    may: ['openapi'],
    packages: [...NODE, /^ts6$/, /^typescript$/],
  },
  { name: 'openapi', files: /^openapi\//, may: ['base', 'apimachinery'], packages: [], banned: HEADLESS },
  {
    name: 'cel',
    files: /^cel\//,
    may: ['base', 'apimachinery', 'openapi'],
    packages: [],
    banned: [...HEADLESS, ...SYNCHRONOUS],
  },
  {
    name: 'kind-card',
    files: /^kinds\/.*\.card\.tsx$/,
    may: ['kinds', 'apimachinery', 'base', 'kit'],
    packages: REACT,
  },
  {
    name: 'kinds',
    files: /^kinds\//,
    may: ['base', 'apimachinery', 'openapi', 'cel'],
    packages: [],
    banned: [...HEADLESS, ...SYNCHRONOUS],
    loaders: /^kinds\/strategies\.ts$/,
  },
  {
    name: 'admission',
    files: /^admission\//,
    may: ['base', 'apimachinery', 'cel', 'kinds'],
    packages: [],
    banned: [...HEADLESS, ...SYNCHRONOUS],
  },
  { name: 'manifest', files: /^manifest\//, may: ['base', 'apimachinery'], packages: [/^yaml$/], banned: HEADLESS },
  {
    name: 'design',
    files: /^design\//,
    may: ['base', 'apimachinery', 'openapi', 'cel', 'kinds', 'admission', 'manifest'],
    packages: [],
    banned: HEADLESS,
  },
  {
    name: 'scene',
    files: /^scene\//,
    may: ['base', 'apimachinery', 'kinds', 'design'],
    packages: [],
    banned: HEADLESS,
  },
  {
    name: 'simulator-kubectl',
    files: /^simulator\/kubectl\//,
    may: ['base', 'apimachinery', 'openapi', 'kinds', 'admission', 'manifest', 'simulator'],
    packages: [],
    banned: [...HEADLESS, ...SYNCHRONOUS],
  },
  {
    name: 'simulator',
    files: /^simulator\//,
    may: ['base', 'apimachinery', 'openapi', 'cel', 'kinds', 'admission', 'simulator-kubectl'],
    packages: [/^pure-rand\//, /^sorted-btree(\/extended\/.+)?$/],
    banned: [...HEADLESS, ...SYNCHRONOUS],
  },
  {
    name: 'interchange',
    files: /^interchange\//,
    may: ['base', 'apimachinery', 'openapi', 'kinds', 'manifest', 'design', 'scene'],
    packages: [/^yaml$/, /^fflate$/],
  },
  // What lessons are told from where no cluster is needed.
  {
    name: 'lesson-models',
    files: /^lessons\/models\//,
    may: ['base', 'apimachinery', 'manifest', 'interchange', 'lessons', 'simulator'],
    packages: [],
    banned: [...HEADLESS, ...SYNCHRONOUS],
  },
  {
    name: 'lessons',
    files: /^lessons\//,
    may: ['base', 'apimachinery', 'kinds', 'design', 'simulator'],
    packages: [],
    banned: [...HEADLESS, ...SYNCHRONOUS],
  },
  {
    name: 'workspace',
    files: /^workspace\//,
    may: BELOW_WORKSPACE,
    packages: [/^zustand\/vanilla$/, /^zundo$/, /^idb-keyval$/, /^elkjs/],
  },
  {
    name: 'experiment',
    files: /^experiment\//,
    may: [...BELOW_WORKSPACE, 'workspace'],
    packages: [/^zustand\/vanilla$/],
    banned: HEADLESS,
  },
  {
    name: 'locales',
    files: /^locales\//,
    may: ['base', 'kinds', 'design', 'manifest', 'interchange', 'lessons', 'lesson-models'],
    packages: [],
  },
  { name: 'kit', files: /^kit\//, may: [], packages: [...REACT, /^@codemirror\//, /^@lezer\//, /^zustand/] },
  {
    name: 'canvas',
    files: /^editor\/canvas\//,
    may: [
      'editor',
      'base',
      'apimachinery',
      'kinds',
      'design',
      'scene',
      'interchange',
      'kit',
      'locales',
      'workspace',
      'kind-card',
    ],
    packages: [...REACT, /^@xyflow\/react/, /^zustand/, /^react-i18next$/, /^i18next$/],
  },
  {
    name: 'editor',
    files: /^editor\//,
    may: [
      'base',
      'apimachinery',
      'openapi',
      'kinds',
      'design',
      'scene',
      'lessons',
      'lesson-models',
      'interchange',
      'kit',
      'locales',
      'workspace',
      'experiment',
      'canvas',
      'manifest',
      'kind-card',
    ],
    packages: [
      ...REACT,
      /^@codemirror\//,
      /^@lezer\//,
      /^zustand/,
      /^react-i18next$/,
      /^i18next$/,
      /^fflate$/,
      /^uqr$/,
      /^uplot/,
      /^@react-aria\//,
    ],
  },
  {
    name: 'commandline',
    files: /^(?:commandline|server)\//,
    may: [...BELOW_WORKSPACE, 'workspace', 'experiment', 'locales', 'commandline'],
    packages: [...NODE, /^elkjs/, /^ws$/, /^@bufbuild\/protobuf\/wire$/],
  },
  // What other packages import: the core, and a component that shows the page in a frame.
  {
    name: 'library',
    files: /^library\//,
    may: [...BELOW_WORKSPACE, 'workspace', 'locales', 'commandline'],
    packages: [/^react$/],
  },
  {
    name: 'composition',
    files: /^[^/]+\.tsx?$/,
    may: [
      ...BELOW_WORKSPACE,
      'workspace',
      'experiment',
      'locales',
      'kit',
      'editor',
      'canvas',
      'commandline',
      'composition',
    ],
    packages: [/./],
  },
];

/** What lies outside `src` and is part of the product all the same. */
const OUTSIDE = /^\.\.\/(?:package\.json|templates\/)/;

export interface SourceFile {
  /** Path under `src`, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Each breach as one readable line. */
export function breaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (!layer) return [`${file.path}: belongs to no layer`];
    return [...importBreaches(file, layer), ...bannedWords(file, layer)];
  });
}

function layerOf(path: string): Layer | undefined {
  return LAYERS.find(({ files }) => files.test(path));
}

function importBreaches(file: SourceFile, layer: Layer): readonly string[] {
  return importsOf(file.text).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      return layer.packages.some((allowed) => allowed.test(specifier)) ? [] : [`${file.path}: package ${specifier}`];
    }
    const target = resolve(file.path, specifier);
    if (target.startsWith('../')) return OUTSIDE.test(target) ? [] : [`${file.path}: outside src: ${specifier}`];
    const other = layerOf(target.replace(/[?#].*$/, ''));
    if (!other) return [`${file.path}: ${target} belongs to no layer`];
    if (other !== layer && !layer.may.includes(other.name))
      return [`${file.path}: ${layer.name} may not import ${target}`];
    return [
      ...kindFolderBreach(file.path, target),
      ...workspaceBreach(layer, file.path, target),
      ...lessonBreach(layer, file, target, specifier),
    ];
  });
}

/** One kind never imports another kind's folder; what several need is in `kinds/shared`. */
function kindFolderBreach(from: string, to: string): readonly string[] {
  const folder = (path: string): string | undefined => /^kinds\/([^/]+)\//.exec(path)?.[1];
  const [own, other] = [folder(from), folder(to)];
  if (other === undefined || other === 'shared' || own === other) return [];
  return own === undefined ? [] : [`${from}: a kind may not import the folder of another: ${to}`];
}

/** The page talks to threads; what runs in them is not part of it. */
function workspaceBreach(layer: Layer, from: string, to: string): readonly string[] {
  const isEditor = layer.name === 'editor' || layer.name === 'canvas';
  return isEditor &&
    (/^workspace\/(?:.*-host|document-port)\.ts$/.test(to) ||
      /^experiment\/(?:thread|here|run-trial|measure)\.ts$/.test(to))
    ? [`${from}: the page may not import ${to}`]
    : [];
}

/** A lesson knows what a trace looks like; who runs it is no business of its. */
function lessonBreach(layer: Layer, { path, text }: SourceFile, to: string, specifier: string): readonly string[] {
  if (!/^lesson(?:s|-models)$/.test(layer.name) || !to.startsWith('simulator/')) return [];
  const isTypeOnly = text
    .split('\n')
    .filter((line) => line.includes(`'${specifier}'`))
    .every((line) => line.startsWith('import type '));
  return isTypeOnly ? [] : [`${path}: only types of the simulator: ${to}`];
}

function bannedWords(file: SourceFile, layer: Layer): readonly string[] {
  const code = stripProse(file.text);
  const banned = layer.loaders?.test(file.path) ? HEADLESS : (layer.banned ?? []);
  return banned.flatMap((word) => {
    const found = word.exec(code);
    return found ? [`${file.path}: ${found[0]} in ${layer.name}`] : [];
  });
}

/** Code without comments and string literals, in which a word is only a word. */
function stripProse(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, ' ');
}

export function importsOf(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, ' ');
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|new URL\(\s*)(['"])([\w@./?#:-]+)\1/g;
  return [...code.matchAll(pattern)].map((match) => match[2]!);
}

function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
      else parts.push('..');
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
