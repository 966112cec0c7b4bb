import type { KubeletState } from './state.ts';

/**
 * What the kubelet's own server has on a path that `nodes/proxy` asks for: its HTTP `code` and the `text` of the page. Its
 * health and the Pods that it has are there; the pages of debugging and of metrics are not simulated and so not found.
 * Source: pkg/kubelet/server/server.go `InstallDefaultHandlers`, 1.36.
 */
export function kubeletPage(
  state: Pick<KubeletState, 'records'>,
  path: string,
): { readonly code: number; readonly text: string } {
  const [page = ''] = path.split('?');
  if (page === '/healthz' || /^\/healthz\/(?:ping|log|syncloop)$/.test(page)) return { code: 200, text: 'ok' };
  if (page === '/pods' || page === '/pods/') {
    const items = [...state.records.values()].filter(({ isRemoved }) => !isRemoved).map(({ pod }) => pod);
    const list = { kind: 'PodList', apiVersion: 'v1', metadata: {}, items };
    return { code: 200, text: `${JSON.stringify(list)}\n` };
  }
  return { code: 404, text: '404 page not found\n' };
}
