import { BaseImage, Cluster } from '@ngrok/webernetes';
import type { ProcessContext } from '@ngrok/webernetes';
import type { Cost } from './cost.ts';
import { costOf } from './cost.ts';
import { webObjects } from './workload.ts';

/** A server as webernetes wants one: it runs classes, no images. */
class Web extends BaseImage {
  static readonly imageName = 'web';
  static readonly imageVersion = '1.0';
  readonly defaultCommand = ['server'];

  override async exec(context: ProcessContext, argv: readonly string[]): Promise<number> {
    if (argv[0] !== 'server') return super.exec(context, argv);
    context.listenHttp(80, () => Promise.resolve({ status: 200, body: 'ok' }));
    return context.waitUntilKilled();
  }
}

/**
 * The same Deployment in webernetes, which runs in real time. Gives the Pods that were Ready
 * at the end of the time that it has.
 */
export async function rivalToReady(
  nodes: number,
  pods: number,
  limitMs: number,
): Promise<Cost & { readonly ready: number }> {
  const cluster = new Cluster({ nodes });
  cluster.registerImage(Web);
  await cluster.init();
  const ready = new Set<string>();
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    cluster.informer('pods', (_type, pod) => {
      const isReady = (pod.status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
      if (!isReady || pod.metadata?.labels?.['app'] !== 'web') return;
      ready.add(pod.metadata.name ?? '');
      if (ready.size < pods) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const cost = await costOf(async () => {
    await cluster.apply(webObjects(pods, false, 'web:1.0') as unknown as Parameters<Cluster['apply']>[0]);
    await over;
  });
  return { ...cost, ready: ready.size };
}
