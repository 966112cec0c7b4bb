import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const NEW_WORKER = /new Worker\(new URL\('\.\/(\w+)\.worker\.ts', import\.meta\.url\), \{ type: 'module' \}\)/g;
const ADDRESS_OF_FILE = /import (\w+) from '([^']+)\?url';/g;
/** The name under which the page and its threads find the address of their script. */
const SCRIPT = '__drydockScript';
/** The one picture of the page. */
const ICON = 'drydock.svg';

/**
 * Makes one HTML file of the whole page, which runs from a disk: a browser gives a page that was opened as a file no other
 * file, so the script stands in it, and the threads are made of the same script.
 */
export function portablePage(root: string): Plugin {
  return {
    name: 'drydock:portable-page',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { code: /\.worker\.ts'|\?url'/ },
      handler(code) {
        const changed = code
          .replace(NEW_WORKER, (_, name: string) => `new Worker(globalThis.${SCRIPT}, { name: '${name}' })`)
          .replace(
            ADDRESS_OF_FILE,
            (_, name: string, file: string) =>
              `import ${name}Text from '${file}?raw';\nconst ${name} = URL.createObjectURL(new Blob([${name}Text], { type: 'text/javascript' }));`,
          );
        return changed === code ? undefined : { code: changed, map: null };
      },
    },
    /** A lesson as a page of its own is made from it, where the page is served. */
    async writeBundle({ dir = '' }) {
      const page = join(root, 'dist/page');
      if (existsSync(page)) await copyFile(join(dir, 'drydock.html'), join(page, 'drydock.html'));
    },
    generateBundle: {
      // After the styles have been gathered.
      order: 'post',
      handler(_, bundle) {
        const files = Object.values(bundle);
        const scripts = files.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
        const styles = files.flatMap((file) =>
          file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : [],
        );
        const [code, ...more] = scripts;
        if (
          code === undefined ||
          more.length > 0 ||
          styles.length === 0 ||
          files.length > scripts.length + styles.length
        )
          this.error(`one script and styles were expected, not ${files.map(({ fileName }) => fileName).join(', ')}`);
        for (const { fileName } of files) delete bundle[fileName];
        const icon = `data:image/svg+xml;base64,${readFileSync(join(root, `public/${ICON}`)).toString('base64')}`;
        const withIcon = (text: string): string => text.replaceAll(`./${ICON}`, icon);
        const source = pageOf(withIcon(readFileSync(join(root, 'index.html'), 'utf8')), {
          script: `if (typeof document !== 'undefined') globalThis.${SCRIPT} = URL.createObjectURL(new Blob([document.currentScript.textContent], { type: 'text/javascript' }));\n${withIcon(code)}`,
          style: styles.join('\n'),
        });
        this.emitFile({ type: 'asset', fileName: 'drydock.html', source });
      },
    },
  };
}

interface Parts {
  readonly script: string;
  readonly style: string;
}

/** The page with everything in it, and a policy that lets nothing else in and nothing out. */
function pageOf(html: string, { script, style }: Parts): string {
  // Neither may end its own element.
  const inScript = script.replaceAll(/<(?=\/script|!--)/gi, String.raw`\x3C`);
  const inStyle = style.replaceAll(/<(?=\/style)/gi, String.raw`\3C `);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(inScript)}'`,
    `style-src '${hashOf(inStyle)}'`,
    "style-src-attr 'unsafe-inline'",
    'img-src data: blob:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: readonly (readonly [place: RegExp, text: string])[] = [
    [/(?<=http-equiv="Content-Security-Policy"\s+content=")[^"]*/, policy],
    [/(?=<\/head>)/, `<style>${inStyle}</style>`],
    [/<script type="module"[^>]*><\/script>/, ''],
    // At the end, where the page stands that the script draws into.
    [/(?=<\/body>)/, `<script>${inScript}</script>`],
  ];
  return parts.reduce((page, [place, text]) => {
    if (!place.test(page)) throw new Error(`index.html has no ${String(place)}`);
    return page.replace(place, () => text);
  }, html);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
