import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** Chromium of this machine: the one named by DRYDOCK_CHROMIUM, one on the PATH, or one that Playwright has put by. */
function findChromium(): string | undefined {
  const named = process.env['DRYDOCK_CHROMIUM'];
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...(named === undefined ? [] : [named]), ...onPath, chromium.executablePath()].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ways to get one, tried in turn. */
const INSTALLS: readonly (readonly [command: string, ...args: readonly string[]])[] = [
  ['sh', '-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk'],
  [
    'sh',
    '-c',
    'sudo -n apt-get update -qq && sudo -n DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk',
  ],
  [process.execPath, join(import.meta.dirname, '../../node_modules/playwright-core/cli.js'), 'install', 'chromium'],
];

/** Finds a Chromium or installs one; fails with what to do where neither works, and never skips. */
export function needChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  const failures: string[] = [];
  for (const [command, ...args] of INSTALLS) {
    try {
      execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 600_000 });
      const installed = findChromium();
      if (installed !== undefined) return installed;
    } catch (error) {
      failures.push(
        `${[command, ...args].join(' ')}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      );
    }
  }
  throw new Error(
    `The browser tests need Chromium, and none was found or could be installed. Install one, or name it with DRYDOCK_CHROMIUM=/path/to/chromium.\n${failures.join('\n')}`,
  );
}

// The browser takes the last list only, so that what Playwright switches off is named again.
const DISABLED_FEATURES = [
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  // A window's list under its address bar is a page of the browser's own: half a second of processor for each window.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
] as const;

/** A browser that talks to nobody but the page under test. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: needChromium(),
    args: [...CHROMIUM_ARGS],
  });
}
