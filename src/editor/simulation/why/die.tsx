/** Where the pips of a die stand, in thirds of its side. */
const PIPS: readonly (readonly (readonly [x: number, y: number])[])[] = [
  [[1, 1]],
  [
    [0, 0],
    [2, 2],
  ],
  [
    [0, 0],
    [1, 1],
    [2, 2],
  ],
  [
    [0, 0],
    [2, 0],
    [0, 2],
    [2, 2],
  ],
  [
    [0, 0],
    [2, 0],
    [1, 1],
    [0, 2],
    [2, 2],
  ],
  [
    [0, 0],
    [2, 0],
    [0, 1],
    [2, 1],
    [0, 2],
    [2, 2],
  ],
];

/** The throw that decided between equals: the number of the one that won. */
export function Die({ face }: { readonly face: number }) {
  const pips = PIPS[face - 1];
  return (
    <svg className="why-die" viewBox="0 0 30 30" width={26} height={26} aria-hidden>
      <rect x={1} y={1} width={28} height={28} rx={6} />
      {pips === undefined ? (
        <text x={15} y={20} textAnchor="middle">
          {face}
        </text>
      ) : (
        pips.map(([x, y]) => <circle key={`${x}/${y}`} cx={8 + x * 7} cy={8 + y * 7} r={2.4} />)
      )}
    </svg>
  );
}
