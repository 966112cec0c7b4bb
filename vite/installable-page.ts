import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What the page does not need to work: the page for frames keeps nothing, and the page as one file is handed out whole. */
const LEFT_OUT: ReadonlySet<string> = new Set(['embed.html', 'drydock.html', 'sw.js']);

/** Makes the page one that can be installed, and that works on without a network: only where it is served by somebody. */
export function installablePage(): Plugin {
  let outDir = '';
  return {
    name: 'drydock:installable-page',
    apply: 'build',
    configResolved: ({ root, build }) => {
      outDir = join(root, build.outDir);
    },
    // When the last file is written.
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => writeFileSync(join(outDir, 'sw.js'), serviceWorkerOf(outDir)),
    },
  };
}

/**
 * The service worker of a built page: it keeps every file of this build, each held against its hash, and serves the page
 * from what it keeps. The worker of another build waits until no window shows this one: a page never gets files of two.
 */
export function serviceWorkerOf(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !LEFT_OUT.has(path) && !path.endsWith('.map'))
    .toSorted();
  const files = Object.fromEntries(
    paths.map((path) => [path === 'index.html' ? './' : `./${path}`, hashOf(readFileSync(join(folder, path)))]),
  );
  const build = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  return WORKER.replace('BUILD', () => JSON.stringify(build)).replace('FILES', () => JSON.stringify(files));
}

function hashOf(content: Uint8Array): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

const WORKER = `const files = FILES;
const PREFIX = 'drydock-page-';
const own = PREFIX + BUILD;
const addressOf = (path) => new URL(path, registration.scope).href;

// All of a build, or none of it: a file of another build has another hash.
const fill = async () => {
  try {
    const cache = await caches.open(own);
    const names = Object.keys(files);
    // A few at a time, so that the page itself is not held up.
    await Promise.all([0, 1, 2, 3].map(async (lane) => {
      for (let at = lane; at < names.length; at += 4) {
        const path = names[at];
        // A name with a hash in it names the same content in every build.
        const known = path.startsWith('./assets/') ? await caches.match(addressOf(path)) : undefined;
        const response = known ?? (await fetch(addressOf(path), { integrity: files[path], cache: 'no-cache' }));
        if (!response.ok) throw new Error(path + ': ' + response.status);
        await cache.put(addressOf(path), response);
      }
    }));
  } catch (error) {
    await caches.delete(own);
    throw error;
  }
};

const forgetOthers = async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== own) await caches.delete(name);
};

addEventListener('install', (event) => event.waitUntil(fill()));
addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const asked = new URL(url);
  const folder = new URL(registration.scope);
  if (method !== 'GET' || asked.origin !== folder.origin || !asked.pathname.startsWith(folder.pathname)) return;
  const path = './' + asked.pathname.slice(folder.pathname.length).replace(/^index\\.html$/, '');
  if (!Object.hasOwn(files, path)) return;
  event.respondWith(
    caches.open(own).then((cache) => cache.match(addressOf(path))).then((kept) => kept ?? fetch(event.request)),
  );
});
`;
