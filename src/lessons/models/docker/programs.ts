/**
 * Programs between a command and a container, and the project whose source each is built from. `docker version` names the
 * last three as components of the server (and docker-init, which plays no part here). Source: README.md of moby/moby, of
 * docker/cli, containerd/containerd and opencontainers/runc; Docker Engine API, `GET /version`, `Components`.
 */
export const PROGRAMS = [
  { name: 'cli', project: 'docker/cli', component: undefined },
  { name: 'dockerd', project: 'moby/moby', component: 'Engine' },
  { name: 'containerd', project: 'containerd/containerd', component: 'containerd' },
  { name: 'runc', project: 'opencontainers/runc', component: 'runc' },
] as const;

export function projectOf(program: string): string {
  return PROGRAMS.find(({ name }) => name === program)?.project ?? '';
}
