import { lineDifference, withContext } from './line-difference.ts';

/** What an edit does to a text, line by line, with a sign beside the colour. */
export function DifferenceView({
  before,
  after,
  label,
}: {
  readonly before: string;
  readonly after: string;
  readonly label: string;
}) {
  const lines = withContext(lineDifference(before, after));
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="diff" aria-label={label} tabIndex={0}>
      {lines.map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={`diff-line ${line ? LOOK[line.sign] : 'diff-gap'}`}>
          <span className="diff-sign">{line ? line.sign : '⋯'}</span>
          <span>{line?.text ?? ''}</span>
        </div>
      ))}
    </section>
  );
}

const LOOK = { '+': 'diff-added', '-': 'diff-removed', ' ': '' } as const;
