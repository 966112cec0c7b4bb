import { lineDifference, withContext } from './line-difference.ts';
import type { DifferenceLine } from './line-difference.ts';

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
  return <DifferenceLines lines={lineDifference(before, after)} label={label} />;
}

interface DifferenceLinesProps {
  readonly lines: readonly DifferenceLine[];
  readonly label: string;
  /** Lines drawn at most. */
  readonly most?: number;
  /** Said of the lines beyond. */
  readonly moreWords?: (count: number) => string;
}

/** The same for lines that were compared already; unchanged ones away from a change are left out. */
export function DifferenceLines({ lines: all, label, most = Infinity, moreWords }: DifferenceLinesProps) {
  const shown = withContext(all);
  const lines = shown.slice(0, most);
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
      {moreWords && shown.length > lines.length && (
        <p className="diff-more">{moreWords(shown.length - lines.length)}</p>
      )}
    </section>
  );
}

const LOOK = { '+': 'diff-added', '-': 'diff-removed', ' ': '' } as const;
