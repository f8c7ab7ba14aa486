/** The name that was probably meant, if one of them is near enough: it differs in case and separators, or by a typing error. */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  const plain = plainly(given);
  const farthest = Math.max(1, Math.floor(plain.length * shareOfTypos));
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const candidate = plainly(name);
    if (Math.abs(candidate.length - plain.length) > farthest) continue;
    const distance = typos(plain, candidate);
    if (distance <= farthest && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name;
}

const shareOfTypos = 0.4;

function plainly(name: string): string {
  return name.toLowerCase().replace(/[_\- ]/g, '');
}

/** How many letters are added, dropped, exchanged, or swapped with their neighbour, to get from one text to the other. */
function typos(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(from.length, to.length);
}
