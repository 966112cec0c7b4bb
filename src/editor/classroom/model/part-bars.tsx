import type { Bar } from '../../../lessons/models/picture.ts';
import { useWords } from './use-words.ts';

/** How a whole is shared out: a bar, and the numbers of it in words. */
export function PartBars({ bars }: { readonly bars: readonly Bar[] }) {
  const words = useWords();
  return (
    <ul className="model-bars">
      {bars.map(({ label, total, unit, pieces }) => {
        const name = words(label);
        const used = pieces.reduce((sum, { value }) => sum + value, 0);
        const whole = Math.max(total, used);
        return (
          <li key={name}>
            <span className="model-bar-words">
              <span>{name}</span>
              <span>
                {amount(used)} / {amount(total)} {unit}
              </span>
            </span>
            <span className="model-bar" aria-hidden>
              {pieces.map(({ label: piece, value, tone = 'plain' }) => (
                <span
                  key={words(piece)}
                  className={`model-piece model-piece-${tone}`}
                  style={{ width: `${whole === 0 ? 0 : (value / whole) * 100}%` }}
                />
              ))}
            </span>
            <span className="model-bar-key">
              {pieces
                .filter(({ value }) => value > 0)
                .map(({ label: piece, value, tone = 'plain' }) => (
                  <span key={words(piece)}>
                    <i className={`model-piece-${tone}`} aria-hidden /> {words(piece)} {amount(value)}
                  </span>
                ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A number as short as it may be read. */
function amount(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
