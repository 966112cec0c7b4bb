import { expect, test } from 'vitest';

/** What the totals of `npm run conformance` are by. */
export type UpstreamArea =
  | 'validation'
  | 'names and labels'
  | 'defaults and warnings'
  | 'apimachinery'
  | 'patches'
  | 'admission'
  | 'scheduler'
  | 'controllers'
  | 'etcd'
  | 'kubelet'
  | 'kube-proxy'
  | 'network'
  | 'kube-apiserver'
  | 'kubectl'
  | 'kernel';

/** Where cases come from. */
export interface UpstreamSource {
  readonly area: UpstreamArea;
  /** Path in the upstream repository, as `pkg/apis/core/validation/validation_test.go`; of another repository with its name before. */
  readonly file: string;
  /** Of Kubernetes, as 1.36.2; of another repository its own. */
  readonly release: string;
  /** Answers that a real server or library gave to inputs of ours: counted apart, as they are no upstream cases. */
  readonly recorded?: true;
}

/** Why cases are left out, by their name; of a group without names of its own the number. */
export type LeftOut = Readonly<Record<string, string | { readonly count: number; readonly reason: string }>>;

export interface UpstreamCaseMeta extends UpstreamSource {
  readonly name: string;
}

export interface UpstreamLeftOutMeta extends UpstreamCaseMeta {
  readonly count: number;
  readonly reason: string;
}

declare module 'vitest' {
  interface TaskMeta {
    upstream?: UpstreamCaseMeta;
    upstreamLeftOut?: readonly UpstreamLeftOutMeta[];
  }
}

/** Rows that are lists are spread. */
type Arguments<Row> = [Row] extends [readonly unknown[]] ? { -readonly [Index in keyof Row]: Row[Index] } : [Row];

/**
 * For tests, as `test.each`: one test a row of an upstream table, counted by `npm run conformance`. The case's name is the
 * upstream test (left out where the rows name it themselves) and the title of the row.
 */
export function upstreamEach<Base = unknown>(
  source: UpstreamSource | ((row: Base) => UpstreamSource),
  upstreamTest?: string,
) {
  return <Row extends Base>(rows: readonly Row[]) =>
    (title: string, run: (...row: Arguments<Row>) => void): void => {
      test.for(rows)(title, (row, { task }) => {
        const name = upstreamTest === undefined ? task.name : `${upstreamTest}/${task.name}`;
        task.meta.upstream = { ...(typeof source === 'function' ? source(row) : source), name };
        run(...((Array.isArray(row) ? row : [row]) as unknown as Arguments<Row>));
      });
    };
}

/** For tests: the cases of a table that are not run, each with its reason, beside those that are. */
export function upstreamLeftOut(source: UpstreamSource, leftOut: LeftOut): void {
  const cases = Object.entries(leftOut).map(([name, why]) => {
    const group = typeof why === 'string' ? { count: 1, reason: why } : why;
    return { ...source, name, ...group };
  });
  if (cases.length === 0) return;
  test(`leaves out cases of ${source.file}, each with its reason`, ({ task }) => {
    task.meta.upstreamLeftOut = cases;
    expect(cases.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });
}

/**
 * The source that a table tells in words, as `pkg/x_test.go, Kubernetes 1.36.2 (Apache License 2.0): …` or `answers of
 * kube-apiserver 1.36.2 …`.
 */
export function upstreamSource(area: UpstreamArea, words: string): UpstreamSource {
  const [, server, asked = ''] = /^answers of (\S+) ([\d.]+\d)/.exec(words) ?? [];
  if (server !== undefined) return { area, file: server, release: asked, recorded: true };
  const [, file = '', release = ''] = /^(.+?_test\.go|\S+), (?:Kubernetes )?v?([\d.]+\d)/.exec(words) ?? [];
  return { area, file, release };
}
