/** How long ago something was. */
export function agoText(at: string, now: Date): string {
  return `${spanText(at, now)} ago`;
}

/** How long it is from a time until another one, in the one unit that fits. */
export function spanText(from: string, until: Date): string {
  const seconds = Math.max(0, Math.round((until.getTime() - new Date(from).getTime()) / 1_000));
  const [size, unit] = units.find(([each]) => seconds >= each) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${unit}`;
}

const units: readonly (readonly [number, string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
];

/** The time of the day, as people read it in a list of what happens. */
export function timeText(at: Date): string {
  return at.toTimeString().slice(0, 8);
}
