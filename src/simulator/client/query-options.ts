import type { ConnectOptions, RequestOptions } from '../messages.ts';
import { isTrue } from './request-info.ts';

/** What stands in the query. Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go `ListOptions`, `PatchOptions`…, 1.36. */
export function queryOptions(query: URLSearchParams): RequestOptions {
  const text = (name: string): string | undefined => query.get(name) ?? undefined;
  const number = (name: string): number | undefined => {
    const value = Number(query.get(name) ?? NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  const flag = (name: string): boolean | undefined => (query.has(name) ? isTrue(query.get(name)) : undefined);
  return withoutNothing({
    labelSelector: text('labelSelector'),
    fieldSelector: text('fieldSelector'),
    limit: number('limit'),
    continue: text('continue'),
    resourceVersion: text('resourceVersion'),
    resourceVersionMatch: text('resourceVersionMatch') as RequestOptions['resourceVersionMatch'],
    sendInitialEvents: flag('sendInitialEvents'),
    allowWatchBookmarks: flag('allowWatchBookmarks'),
    timeoutSeconds: number('timeoutSeconds'),
    fieldManager: text('fieldManager'),
    fieldValidation: text('fieldValidation') as RequestOptions['fieldValidation'],
    dryRun: query.getAll('dryRun').includes('All') ? true : undefined,
    force: flag('force'),
    propagationPolicy: text('propagationPolicy') as RequestOptions['propagationPolicy'],
    gracePeriodSeconds: number('gracePeriodSeconds'),
  });
}

/** Source: staging/src/k8s.io/api/core/v1/types.go `PodLogOptions`, `PodExecOptions`, 1.36. */
export function connectOptions(query: URLSearchParams): ConnectOptions {
  const number = (name: string): number | undefined => {
    const value = query.get(name);
    return value === null || !Number.isFinite(Number(value)) ? undefined : Number(value);
  };
  const flag = (name: string): true | undefined => (isTrue(query.get(name)) ? true : undefined);
  const command = query.getAll('command');
  return withoutNothing({
    container: query.get('container') ?? undefined,
    command: command.length === 0 ? undefined : command,
    previous: flag('previous'),
    follow: flag('follow'),
    timestamps: flag('timestamps'),
    tailLines: number('tailLines'),
    sinceSeconds: number('sinceSeconds'),
    limitBytes: number('limitBytes'),
  });
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** An object without the fields that are undefined. */
export function withoutNothing<T extends object>(options: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
}
